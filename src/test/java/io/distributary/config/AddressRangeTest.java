package io.distributary.config;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "192.168.128.0/17, 192.168.128.1, true",
        "192.168.128.0/17, 192.168.127.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.7/32, 192.0.2.7, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::1, 127.0.0.1, false",
        "::/0, 127.0.0.1, false",
    })
    void aRangeHoldsTheAddressesOfItsNetwork(String range, String address, boolean held) throws Exception {
        assertEquals(held, AddressRange.parse(range).contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "example.com", "127.1", "10", "256.0.0.1", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
        "::1/129", "1:2:3", "[::1]", "10.0.0.0/eight", "fe80::1%eth0", "::1 "})
    void anythingElseIsRefusedAndNoNameIsLookedUp(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text)).getMessage();

        assertEquals(text + " is neither an address nor a network like 10.0.0.0/8", message);
    }

    @ParameterizedTest
    @CsvSource({"10.1.0.0/8, 8", "10.0.0.1/31, 31", "fd00::1/8, 8"})
    void aNetworkWithTheAddressOfOneOfItsMachinesIsRefused(String text, int bits) {
        String message = assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text)).getMessage();

        assertEquals(text + " has bits set after the first " + bits, message);
    }

    @Test
    void aLiteralIsNoName() {
        assertTrue(AddressRange.isLiteral("127.0.0.1") && AddressRange.isLiteral("::1"));
        assertFalse(AddressRange.isLiteral("1.2.3.4.example.com") || AddressRange.isLiteral("cafe") || AddressRange.isLiteral("10.0.0.0/8"));
    }
}
