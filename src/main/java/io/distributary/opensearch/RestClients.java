package io.distributary.opensearch;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;

import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.RestClient;
import org.opensearch.client.RestClientBuilder;

/** Builds clients. */
final class RestClients {
    private RestClients() {
    }

    /** A new client; time-outs are those of the stock options. Connects to nothing yet. */
    static RestClient create(Nodes nodes, NodeHealth health) {
        RestClientBuilder builder = RestClient.builder(nodes.hosts().toArray(HttpHost[]::new))
                .setFailureListener(health)
                .setRequestConfigCallback(requests -> requests
                        .setConnectTimeout(Timeout.ofMilliseconds(nodes.options().getConnectionTimeout()))
                        .setResponseTimeout(Timeout.ofMilliseconds(nodes.options().getSocketTimeout())));
        if (!nodes.path().isEmpty()) {
            builder.setPathPrefix(nodes.path());
        }
        if (nodes.authorization() != null) {
            // Sent unasked and to every node: stock's credentials are for the first node only.
            builder.setDefaultHeaders(new Header[] {new BasicHeader(HttpHeaders.AUTHORIZATION, nodes.authorization(), true)});
        }
        return builder.setHttpClientConfigCallback(client -> {
            if (nodes.tls() != null || nodes.verifier() != null) {
                trust(client, nodes.tls() == null ? null : nodes.tls().get(), nodes.verifier());
            }
            if (nodes.signer() != null) {
                client.addRequestInterceptorLast(nodes.signer().get());
            }
            return client.addResponseInterceptorFirst((response, entity, context) -> health.onResponse(
                    HttpClientContext.cast(context).getHttpRoute().getTargetHost(), response.getCode()));
        }).build();
    }

    private static void trust(HttpAsyncClientBuilder client, SSLContext context, HostnameVerifier verifier) {
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create()
                .setHostnameVerifier(verifier)
                // without: HTTPCLIENT-2219, as RestClientBuilder itself
                .setTlsDetailsFactory(engine -> new TlsDetails(engine.getSession(), engine.getApplicationProtocol()));
        if (context != null) {
            tls.setSslContext(context);
        }
        client.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(RestClientBuilder.DEFAULT_MAX_CONN_PER_ROUTE)
                .setMaxConnTotal(RestClientBuilder.DEFAULT_MAX_CONN_TOTAL)
                .setTlsStrategy(tls.buildAsync())
                .build());
    }
}
