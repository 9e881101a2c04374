package io.distributary.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An IP address or a network of them, as {@code 192.0.2.7}, {@code 10.0.0.0/8} or {@code fd00::/8}. Names are never looked up. */
public final class AddressRange {
    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException where the text is neither an address nor a network */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash), text);
        int bits = address.length * Byte.SIZE;
        if (slash < 0) {
            return new AddressRange(address, bits);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            throw noRange(text);
        }
        AddressRange range = new AddressRange(address, Integer.parseInt(length));
        for (int bit = range.prefix; bit < bits; bit++) {
            if ((address[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0) {
                throw new IllegalArgumentException(text + " has bits set after the first " + range.prefix);
            }
        }
        return range;
    }

    /** True for a plain address without brackets or port: what can be no name. */
    public static boolean isLiteral(String text) {
        try {
            literal(text, text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An IPv4 address is in IPv4 ranges only, also when it came mapped into IPv6. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        int rest = prefix % Byte.SIZE;
        int mask = 0xff << Byte.SIZE - rest;
        return Arrays.equals(bytes, 0, whole, network, 0, whole) && (rest == 0 || ((bytes[whole] ^ network[whole]) & mask & 0xff) == 0);
    }

    /** Four decimal numbers or hexadecimal groups only: Java would look anything else up, and reads 127.1 as an address. */
    private static byte[] literal(String address, String text) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw noRange(text);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw noRange(text);
        }
    }

    private static IllegalArgumentException noRange(String text) {
        return new IllegalArgumentException(text + " is neither an address nor a network like 10.0.0.0/8");
    }
}
