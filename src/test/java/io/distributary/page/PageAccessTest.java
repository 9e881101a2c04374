package io.distributary.page;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.distributary.config.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PageAccessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                        | 127.0.0.1        | false | true
            -                        | ::1              | false | true
            -                        | ::ffff:127.0.0.1 | false | true
            -                        | 127.0.0.6        | false | false
            -                        | 10.1.2.3         | false | false
            -                        | 2001:db8::1      | false | false
            -                        | 127.0.0.1        | true  | false
            127.0.0.1                | 127.0.0.1        | true  | true
            10.0.0.0/8               | 10.1.2.3         | false | true
            10.0.0.0/8               | 10.1.2.3         | true  | true
            10.0.0.0/8               | 127.0.0.1        | false | true
            10.0.0.0/8               | 127.0.0.1        | true  | false
            10.0.0.0/8, 2001:db8::/32| 2001:db8::1      | false | true
            10.0.0.0/8               | 11.1.2.3         | false | false
            any                      | 203.0.113.9      | false | true
            any                      | 203.0.113.9      | true  | true
            """)
    void thePeersAddressDecidesAndAProxysMarkNeverHelps(String allow, String peer, boolean forwarded, boolean seen) throws Exception {
        assertEquals(seen, access(allow, null).refusal(InetAddress.getByName(peer), forwarded, List.of("localhost:8080")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                  | localhost                       | true
            -                  | localhost:8080                  | true
            -                  | LocalHost:8080                  | true
            -                  | page.localhost:8080             | true
            -                  | 127.0.0.1:8080                  | true
            -                  | 10.1.2.3                        | true
            -                  | [::1]:8080                      | true
            -                  | [::1]                           | true
            -                  | evil.example.com                | false
            -                  | localhost.example.com:8080      | false
            -                  | 127.0.0.1.example.com           | false
            -                  | notlocalhost                    | false
            -                  | [::1].example.com               | false
            -                  | localhost@example.com           | false
            -                  | 2130706433                      | false
            -                  | ''                              | false
            status.example.com | Status.Example.com:8080         | true
            status.example.com | a.status.example.com            | false
            status.example.com | localhost:1                     | true
            """)
    void onlyANameThatNobodyElseCanHaveIsAnswered(String names, String host, boolean answered) throws Exception {
        assertEquals(answered, access("any", names).refusal(InetAddress.getByName("127.0.0.1"), false, List.of(host)).isEmpty());
    }

    @Test
    void noHostAndTwoHostsAreRefused() throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");

        assertTrue(access(null, null).refusal(here, false, List.of()).isPresent());
        assertTrue(access(null, null).refusal(here, false, List.of("localhost", "localhost")).isPresent());
    }

    @Test
    void aRefusalSaysWhatToDo() throws Exception {
        PageAccess access = access(null, null);

        List<String> reasons = new ArrayList<>();
        access.refusal(InetAddress.getByName("10.1.2.3"), false, List.of("localhost")).ifPresent(reasons::add);
        access.refusal(InetAddress.getByName("127.0.0.1"), true, List.of("localhost")).ifPresent(reasons::add);
        access.refusal(InetAddress.getByName("127.0.0.1"), false, List.of("a.example.com")).ifPresent(reasons::add);

        assertEquals(Arrays.asList("This page is for 10.1.2.3 only when distributary.page.allow names that address or its network",
                "This request came through a proxy on this machine, and the page is for this machine only; to trust the proxy, name its"
                        + " address in distributary.page.allow",
                "This page answers to localhost and to plain addresses; to ask for it by another name, put that into"
                        + " distributary.page.hosts"), reasons);
    }

    private static PageAccess access(String allow, String hosts) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            if (allow != null) {
                context.getPropertiesComponent().addInitialProperty("distributary.page.allow", allow);
            }
            if (hosts != null) {
                context.getPropertiesComponent().addInitialProperty("distributary.page.hosts", hosts);
            }
            return PageAccess.of(Settings.of(context));
        }
    }
}
