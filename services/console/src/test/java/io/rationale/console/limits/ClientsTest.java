package io.rationale.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ClientsTest {
    @Test
    void shouldTellClientsApartByTheirAddresses() {
        assertThat(Clients.at("192.0.2.1")).isEqualTo(Clients.at("192.0.2.1")).isNotEqualTo(Clients.at("192.0.2.2"));
    }

    @Test
    void shouldTakeANetworkOfIpv6ForOneClient() {
        assertThat(Clients.at("2001:db8:1:2::1"))
                .isEqualTo(Clients.at("2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(Clients.at("2001:db8:1:3::1"));
    }

    @Test
    void shouldKnowAnAddressHoweverItIsGiven() throws Exception {
        for (String address : new String[] {"192.0.2.1", "2001:db8:1:2::1"}) {
            assertThat(Clients.at(new InetSocketAddress(InetAddress.getByName(address), 443)))
                    .isEqualTo(Clients.at(address));
        }
    }

    @Test
    void shouldKeepLittleOfWhatAProxyWrites() {
        assertThat(Clients.at("x".repeat(10_000))).hasSizeLessThan(100);
        assertThat(Clients.at((String) null)).isEqualTo(Clients.at((java.net.SocketAddress) null));
    }

    @Test
    void shouldNotTakeANameForAnAddress() {
        assertThat(Clients.named("192.0.2.1")).isNotEqualTo(Clients.at("192.0.2.1"));
    }
}
