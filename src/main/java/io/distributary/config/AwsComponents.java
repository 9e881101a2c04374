package io.distributary.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.aws.common.AwsCommonConfiguration;
import org.apache.camel.component.aws2.ddb.Ddb2Component;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamComponent;
import org.apache.camel.component.aws2.sns.Sns2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PluginHelper;

/**
 * Gives the stock AWS components the {@code aws.*} settings as their defaults, when Camel creates them: before
 * {@code camel.component.*} properties and endpoint options, which therefore win.
 */
public final class AwsComponents implements ComponentCustomizer {
    private final CamelContext context;
    private final AwsConnection connection;

    /** Registers nothing by itself: bind it in the context's registry. */
    public AwsComponents(CamelContext context) {
        this.context = context;
        connection = new AwsConnection(context);
        context.getCamelContextExtension().addContextPlugin(AwsConnection.class, connection);
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof Sqs2Component || target instanceof Sns2Component || target instanceof Ddb2Component
                || target instanceof Ddb2StreamComponent;
    }

    @Override
    public void configure(String name, Component target) {
        if (target instanceof Sqs2Component sqs) {
            AwsDefaults.Sqs ours = sqs.getConfiguration() instanceof AwsDefaults.Sqs own ? own : new AwsDefaults.Sqs();
            configure(sqs, sqs.getConfiguration(), ours.with(connection), sqs::setConfiguration,
                    Setting.AWS_ENDPOINT_SQS);
        } else if (target instanceof Sns2Component sns) {
            AwsDefaults.Sns ours = sns.getConfiguration() instanceof AwsDefaults.Sns own ? own : new AwsDefaults.Sns();
            configure(sns, sns.getConfiguration(), ours.with(connection), sns::setConfiguration,
                    Setting.AWS_ENDPOINT_SNS);
        } else if (target instanceof Ddb2Component ddb) {
            AwsDefaults.Ddb ours = ddb.getConfiguration() instanceof AwsDefaults.Ddb own ? own : new AwsDefaults.Ddb();
            configure(ddb, ddb.getConfiguration(), ours.with(connection), ddb::setConfiguration,
                    Setting.AWS_ENDPOINT_DYNAMODB);
        } else if (target instanceof Ddb2StreamComponent stream) {
            // Our own source: its options stay, and it asks AwsConnection for its clients.
            configure(stream, stream.getConfiguration(), stream.getConfiguration(), stream::setConfiguration,
                    Setting.AWS_ENDPOINT_DYNAMODB);
        }
    }

    private <T extends AwsCommonConfiguration> void configure(Component component, T given, T ours, Consumer<? super T> setter,
            Setting endpoint) {
        Map<String, Object> options = new HashMap<>();
        if (given != null) {
            PluginHelper.getBeanIntrospection(context).getProperties(given, options, null, false);
        }
        Map<String, Object> before = Map.copyOf(options);
        Settings settings = connection.settings();
        settings.get(Setting.AWS_REGION).ifPresent(region -> options.putIfAbsent("region", region));
        Optional<String> url = settings.firstOf(endpoint, Setting.AWS_ENDPOINT);
        if (url.isPresent() && options.putIfAbsent("uriEndpointOverride", url.get()) == null) {
            options.put("overrideEndpoint", true);
        }
        // what our own configuration has already it keeps: its getters also say what only applies where nothing is set
        options.entrySet().removeIf(option -> given == ours && option.getValue().equals(before.get(option.getKey())));
        options.forEach((option, value) -> set(ours, option, value));
        setter.accept(ours);
    }

    private void set(Object target, String option, Object value) {
        try {
            PluginHelper.getBeanIntrospection(context).setProperty(context, target, option, value);
        } catch (Exception e) {
            throw new IllegalArgumentException("Cannot set AWS option " + option + " on " + target.getClass().getName(), e);
        }
    }

    AwsConnection connection() {
        return connection;
    }
}
