package io.distributary.opensearch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import io.distributary.config.AwsConnection;
import io.distributary.config.PemTls;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import org.apache.camel.component.opensearch.OpensearchConfiguration;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.RestClient;
import org.opensearch.client.RestClientBuilder;

/** Builds the client of the {@code opensearch.*} settings. */
final class RestClients {
    private RestClients() {
    }

    /** A new client; time-outs are those of the stock options. Connects to nothing yet. */
    static RestClient create(Settings settings, AwsConnection aws, OpensearchConfiguration options, NodeHealth health) {
        List<URI> urls = settings.list(Setting.OPENSEARCH_URLS).stream().map(URI::create).toList();
        RestClientBuilder builder = RestClient.builder(urls.stream().map(RestClients::host).toArray(HttpHost[]::new))
                .setFailureListener(health)
                .setRequestConfigCallback(requests -> requests
                        .setConnectTimeout(Timeout.ofMilliseconds(options.getConnectionTimeout()))
                        .setResponseTimeout(Timeout.ofMilliseconds(options.getSocketTimeout())));
        String path = Optional.ofNullable(urls.get(0).getPath()).orElse("");
        if (path.length() > 1) {
            builder.setPathPrefix(path);
        }
        // Sent unasked and to every node: stock's credentials are for the first node only.
        settings.get(Setting.OPENSEARCH_USERNAME).ifPresent(user -> builder.setDefaultHeaders(new Header[] {
            new BasicHeader(HttpHeaders.AUTHORIZATION, basic(user, settings.required(Setting.OPENSEARCH_PASSWORD)), true)}));
        Optional<SSLContext> tls = settings.get(Setting.OPENSEARCH_CA_CERTIFICATE)
                .map(file -> PemTls.context(settings, Setting.OPENSEARCH_CA_CERTIFICATE, Optional.empty(), Optional.empty()));
        Optional<HttpRequestInterceptor> signer = settings.get(Setting.OPENSEARCH_AWS_SERVICE)
                .map(service -> new SigV4Interceptor(service, aws.region(), aws.credentials()));
        return builder.setHttpClientConfigCallback(client -> {
            tls.ifPresent(context -> trust(client, context));
            signer.ifPresent(client::addRequestInterceptorLast);
            return client.addResponseInterceptorFirst((response, entity, context) -> health.onResponse(
                    HttpClientContext.cast(context).getHttpRoute().getTargetHost(), response.getCode()));
        }).build();
    }

    private static HttpHost host(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 9200;
        return new HttpHost(url.getScheme(), url.getHost(), port);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static void trust(HttpAsyncClientBuilder client, SSLContext context) {
        client.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(RestClientBuilder.DEFAULT_MAX_CONN_PER_ROUTE)
                .setMaxConnTotal(RestClientBuilder.DEFAULT_MAX_CONN_TOTAL)
                .setTlsStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(context)
                        // without: HTTPCLIENT-2219, as RestClientBuilder itself
                        .setTlsDetailsFactory(engine -> new TlsDetails(engine.getSession(), engine.getApplicationProtocol()))
                        .buildAsync())
                .build());
    }
}
