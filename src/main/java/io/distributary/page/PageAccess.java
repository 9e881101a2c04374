package io.distributary.page;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.distributary.config.AddressRange;
import io.distributary.config.Setting;
import io.distributary.config.Settings;

/**
 * Who may see the page and its data, which holds items of the tables: this machine, and the addresses that the settings name.
 * A pure decision. Immutable.
 */
public final class PageAccess {
    /** Not all of 127.0.0.0/8: a service mesh hands on what comes from outside from 127.0.0.6. */
    private static final List<AddressRange> THIS_MACHINE = List.of(AddressRange.parse("127.0.0.1"), AddressRange.parse("::1"));
    private static final String ANY = "any";

    private final boolean any;
    private final List<AddressRange> allowed;
    private final Set<String> hosts;

    private PageAccess(boolean any, List<AddressRange> allowed, Set<String> hosts) {
        this.any = any;
        this.allowed = allowed;
        this.hosts = hosts;
    }

    /** From settings that have been checked. */
    public static PageAccess of(Settings settings) {
        List<String> allow = settings.list(Setting.PAGE_ALLOW);
        return new PageAccess(allow.contains(ANY), allow.stream().filter(range -> !range.equals(ANY)).map(AddressRange::parse).toList(),
                settings.list(Setting.PAGE_HOSTS).stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    /**
     * Why a request is refused, with what to do; empty where it is not.
     *
     * @param peer      the other end of the connection, never what a header says
     * @param forwarded whether a proxy has left its mark: then the peer is the proxy, and who asks is not known
     * @param hosts     each {@code Host} header, with its port or without
     */
    public Optional<String> refusal(InetAddress peer, boolean forwarded, List<String> hosts) {
        if (!any && !in(allowed, peer)) {
            if (!in(THIS_MACHINE, peer)) {
                return Optional.of("This page is for " + peer.getHostAddress() + " only when " + Setting.PAGE_ALLOW.key()
                        + " names that address or its network");
            }
            if (forwarded) {
                return Optional.of("This request came through a proxy on this machine, and the page is for this machine only; to trust"
                        + " the proxy, name its address in " + Setting.PAGE_ALLOW.key());
            }
        }
        if (hosts.size() != 1 || !isOurs(name(hosts.get(0)))) {
            return Optional.of("This page answers to localhost and to plain addresses; to ask for it by another name, put that into "
                    + Setting.PAGE_HOSTS.key());
        }
        return Optional.empty();
    }

    /**
     * DNS rebinding: a foreign page makes its own name point here, and the browser takes both for one origin. That takes a name, and
     * nobody else can have localhost or an address for one.
     */
    private boolean isOurs(String name) {
        return name.equals("localhost") || name.endsWith(".localhost") || AddressRange.isLiteral(name) || hosts.contains(name);
    }

    private static String name(String host) {
        String name = host.startsWith("[") ? host.replaceFirst("^\\[([^]]*)](:\\d*)?$", "$1") : host.replaceFirst(":\\d*$", "");
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean in(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
