package io.distributary.config;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.component.aws.common.AwsClientBuilderUtil;
import org.apache.camel.component.aws.common.AwsCommonConfiguration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * The {@code aws.*} settings as SDK clients and credentials; one for each context. Nothing is built or connected before
 * it is asked for. Thread-safe; closed with its context.
 */
public final class AwsConnection implements AutoCloseable {
    private final CamelContext context;
    private final Map<ClientKey, SdkClient> roleClients = new ConcurrentHashMap<>();
    private final Map<Class<?>, SdkClient> shared = new ConcurrentHashMap<>();
    private AssumedRole role;

    AwsConnection(CamelContext context) {
        this.context = context;
    }

    /** The context's, which {@link AwsComponents} has put there. */
    public static AwsConnection of(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(AwsConnection.class);
    }

    /**
     * A new client as a stock endpoint's options say; where they name no credentials, with the role of
     * {@code aws.assume-role-arn}, else the SDK's chain. The caller closes it.
     *
     * @param more sets what the options cannot say
     */
    public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkClient> C client(
            AwsCommonConfiguration options, Supplier<B> builder, Consumer<? super B> more) {
        return AwsClientBuilderUtil.buildClient(options, builder, each -> {
            more.accept(each);
            boolean chain = options instanceof AwsDefaults.Credentials ours ? ours.isDefaultChainAskedFor()
                    : options.isUseDefaultCredentialsProvider();
            if (assumesRole(options, chain)) {
                each.credentialsProvider(credentials());
            }
        });
    }

    /**
     * Sets what the settings say, region, credentials and endpoint, on the builder of a client that no stock endpoint has
     * options for. The caller closes the client.
     */
    public <B extends AwsClientBuilder<B, ?>> B configure(B builder, Setting endpoint) {
        builder.region(region()).credentialsProvider(credentials());
        settings().firstOf(endpoint, Setting.AWS_ENDPOINT).map(URI::create).ifPresent(builder::endpointOverride);
        return builder;
    }

    /** The context's client of a service that no endpoint has options for: made when first asked for, closed with the context. */
    public <C extends SdkClient> C shared(Class<C> type, Supplier<C> maker) {
        return type.cast(shared.computeIfAbsent(type, each -> maker.get()));
    }

    /** Whether the settings give this service an address other than AWS's. */
    public boolean hasEndpoint(Setting endpoint) {
        return settings().firstOf(endpoint, Setting.AWS_ENDPOINT).isPresent();
    }

    /** Credentials for AWS calls that no stock component makes: the role's if one is set, else the SDK's chain. */
    public synchronized AwsCredentialsProvider credentials() {
        Settings settings = settings();
        if (settings.get(Setting.AWS_ASSUME_ROLE_ARN).isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        if (role == null) {
            role = new AssumedRole(settings);
        }
        return role;
    }

    /**
     * The region of {@code aws.region}, else of the SDK's chain.
     *
     * @throws IllegalArgumentException when neither names one
     */
    public Region region() {
        return settings().get(Setting.AWS_REGION).map(Region::of).orElseGet(() -> {
            try {
                return DefaultAwsRegionProviderChain.builder().build().getRegion();
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("No AWS region: set " + Setting.AWS_REGION.key() + " or "
                        + Setting.AWS_REGION.environmentVariable() + ", or a region in the AWS profile", e);
            }
        });
    }

    Settings settings() {
        return Settings.of(context);
    }

    /** True where an endpoint's calls are to be made with the role's credentials: its own options come first. */
    boolean assumesRole(AwsCommonConfiguration options, boolean defaultChainAskedFor) {
        return !defaultChainAskedFor && !namesCredentials(options) && settings().get(Setting.AWS_ASSUME_ROLE_ARN).isPresent();
    }

    /** As {@link #client}, but shared by the endpoints with the same connection options, and closed with the context. */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient> C roleClient(
            Class<C> type, AwsCommonConfiguration options, Supplier<B> builder) {
        return type.cast(roleClients.computeIfAbsent(ClientKey.of(type, options), key ->
                AwsClientBuilderUtil.buildClient(options, builder, each -> each.credentialsProvider(credentials()))));
    }

    /** True where stock options name their own credentials, whatever kind. */
    static boolean namesCredentials(AwsCommonConfiguration options) {
        return options.getAccessKey() != null || options.getSecretKey() != null
                || options.isUseProfileCredentialsProvider() || options.getProfileCredentialsName() != null
                || options.isUseSessionCredentials();
    }

    @Override
    public synchronized void close() {
        roleClients.values().forEach(SdkClient::close);
        roleClients.clear();
        shared.values().forEach(SdkClient::close);
        shared.clear();
        if (role != null) {
            role.close();
            role = null;
        }
    }

    private record ClientKey(Class<?> type, String region, String endpoint, String proxy, boolean trustAllCertificates) {
        static ClientKey of(Class<?> type, AwsCommonConfiguration options) {
            return new ClientKey(type, options.getRegion(), options.isOverrideEndpoint() ? options.getUriEndpointOverride() : null,
                    options.getProxyProtocol() + "://" + options.getProxyHost() + ":" + options.getProxyPort(),
                    options.isTrustAllCertificates());
        }
    }
}
