package io.distributary.opensearch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;

import io.distributary.config.AwsConnection;
import io.distributary.config.PemTls;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.component.opensearch.OpensearchConfiguration;
import org.apache.camel.component.opensearch.OpensearchConstants;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestInterceptor;

/**
 * Which nodes a client talks to, and how. Those with the same key may share one.
 *
 * @param key           all that makes a client another; never to be shown, it holds the password
 * @param path          prefix of every request's, may be empty
 * @param authorization header value, or null
 * @param tls           null for the platform's trusted certificates
 * @param verifier      of host names, or null for the default
 * @param signer        or null
 */
record Nodes(Object key, List<HttpHost> hosts, String path, String authorization, Supplier<SSLContext> tls,
        HostnameVerifier verifier, Supplier<HttpRequestInterceptor> signer, OpensearchConfiguration options) {
    private static final int HTTPS_PORT = 443;

    /** Those of the {@code opensearch.*} settings. */
    static Nodes ofSettings(Settings settings, AwsConnection aws, OpensearchConfiguration options) {
        List<URI> urls = settings.list(Setting.OPENSEARCH_URLS).stream().map(URI::create).toList();
        String path = Optional.ofNullable(urls.get(0).getPath()).orElse("");
        String authorization = settings.get(Setting.OPENSEARCH_USERNAME)
                .map(user -> basic(user, settings.required(Setting.OPENSEARCH_PASSWORD))).orElse(null);
        Optional<String> certificate = settings.get(Setting.OPENSEARCH_CA_CERTIFICATE);
        Optional<String> service = settings.get(Setting.OPENSEARCH_AWS_SERVICE);
        return new Nodes(key(options, urls, authorization, certificate, service), urls.stream().map(Nodes::host).toList(),
                path.length() > 1 ? path : "", authorization,
                certificate.isEmpty() ? null
                        : () -> PemTls.context(settings, Setting.OPENSEARCH_CA_CERTIFICATE, Optional.empty(), Optional.empty()),
                null, service.isEmpty() ? null : () -> new SigV4Interceptor(service.get(), aws.region(), aws.credentials()), options);
    }

    /** Those of the stock options {@code hostAddresses}, {@code user}, {@code enableSSL} and the like. */
    static Nodes ofOptions(OpensearchConfiguration options, CamelContext context) {
        String authorization = options.getUser() == null || options.getPassword() == null ? null
                : basic(options.getUser(), options.getPassword());
        String certificate = options.isEnableSSL() ? options.getCertificatePath() : null;
        return new Nodes(key(options, options.getHostAddressesList(), authorization, certificate, options.getHostnameVerifier()),
                options.getHostAddressesList(), "", authorization,
                certificate == null ? null : () -> TrustedCertificate.context(context, certificate), options.getHostnameVerifier(),
                null, options);
    }

    /** The stock option {@code hostAddresses} in parts; null where it is not set. */
    static List<HttpHost> of(OpensearchConfiguration options) {
        String addresses = options.getHostAddresses();
        if (addresses == null || addresses.isBlank()) {
            return null;
        }
        return Arrays.stream(addresses.split(",")).map(String::strip).map(address -> {
            String[] parts = address.split(":");
            return new HttpHost(options.isEnableSSL() ? "https" : "http", parts[0],
                    parts.length > 1 ? Integer.parseInt(parts[1]) : OpensearchConstants.DEFAULT_PORT);
        }).toList();
    }

    private static Object key(OpensearchConfiguration options, Object... connection) {
        return List.of(Arrays.asList(connection), options.getConnectionTimeout(), options.getSocketTimeout(),
                options.isEnableSniffer(), options.getSnifferInterval(), options.getSniffAfterFailureDelay());
    }

    private static HttpHost host(URI url) {
        int port = url.getPort() >= 0 ? url.getPort()
                : "https".equals(url.getScheme()) ? HTTPS_PORT : OpensearchConstants.DEFAULT_PORT;
        return new HttpHost(url.getScheme(), url.getHost(), port);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nodes nodes && key.equals(nodes.key);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(key);
    }

    @Override
    public String toString() {
        return hosts.toString();
    }
}
