package io.distributary.aws;

import java.util.function.Supplier;

import org.apache.camel.component.aws.common.AwsCommonConfiguration;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * The client that an endpoint's producers send with: the one given in its options, else one of its own, made when first
 * asked for. Thread-safe.
 *
 * @param <C> the service's
 */
public final class SendingClient<C extends SdkClient> implements AutoCloseable {
    private final Supplier<C> given;
    private final Supplier<C> own;
    private C made;

    /**
     * @param given answers the options' client, or null
     * @param own   makes one, which {@link #close} closes
     */
    public SendingClient(Supplier<C> given, Supplier<C> own) {
        this.given = given;
        this.own = own;
    }

    public synchronized C get() {
        C client = made != null ? made : given.get();
        if (client == null) {
            client = own.get();
            made = client;
        }
        return client;
    }

    /** Closes the own one; the next {@link #get} makes another. */
    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
            made = null;
        }
    }

    /** No attempts by the SDK: those of the coalescer would multiply with them. */
    public static ClientOverrideConfiguration.Builder once(ClientOverrideConfiguration.Builder override) {
        return override.retryStrategy(DefaultRetryStrategy.doNotRetry());
    }

    /** Where the calls go, for people. */
    public static String server(AwsCommonConfiguration options) {
        return options.isOverrideEndpoint() ? options.getUriEndpointOverride()
                : options.getRegion() != null ? "region " + options.getRegion() : "the region of the environment";
    }

    /**
     * Refuses half a pair of keys.
     *
     * @param where names the endpoint in the message
     */
    public static void checkKeys(AwsCommonConfiguration options, String where) {
        if ((options.getAccessKey() == null) != (options.getSecretKey() == null)) {
            throw new IllegalArgumentException(where + ": accessKey and secretKey go together");
        }
    }
}
