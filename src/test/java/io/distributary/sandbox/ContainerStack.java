package io.distributary.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The stack on containers: LocalStack for AWS, the official images of NATS and OpenSearch. One per JVM, each container
 * started when first asked for; Testcontainers removes them when the JVM ends, however it ends.
 */
final class ContainerStack implements Stack {
    /** Newer tags ask for an authentication token. */
    private static final DockerImageName LOCALSTACK = DockerImageName.parse("localstack/localstack:4.4.0");
    private static final DockerImageName NATS = DockerImageName.parse("nats:2.10.22-alpine");
    private static final DockerImageName OPENSEARCH = DockerImageName.parse("opensearchproject/opensearch:2.19.1");

    private static ContainerStack shared;

    private final Map<Container, GenericContainer<?>> containers = new EnumMap<>(Container.class);
    private final StackClients clients = new StackClients(this);

    private enum Container { AWS, NATS, OPENSEARCH }

    private ContainerStack() {
    }

    static synchronized ContainerStack shared() {
        if (shared == null) {
            shared = new ContainerStack();
        }
        return shared;
    }

    @Override
    public StackClients clients() {
        return clients;
    }

    @Override
    public void start(Service... services) {
        Arrays.stream(services.length == 0 ? Service.values() : services).forEach(this::endpoint);
    }

    @Override
    public URI endpoint(Service service) {
        return switch (service) {
            case DYNAMODB, SQS, SNS, S3 -> ((LocalStackContainer) container(Container.AWS)).getEndpoint();
            case NATS -> address("nats", container(Container.NATS));
            case OPENSEARCH -> address("http", container(Container.OPENSEARCH));
        };
    }

    private static URI address(String scheme, GenericContainer<?> container) {
        return URI.create(scheme + "://" + container.getHost() + ":" + container.getFirstMappedPort());
    }

    private synchronized GenericContainer<?> container(Container which) {
        return containers.computeIfAbsent(which, absent -> {
            var container = create(which);
            container.start();
            return container;
        });
    }

    private static GenericContainer<?> create(Container which) {
        return switch (which) {
            case AWS -> new LocalStackContainer(LOCALSTACK).withServices("dynamodb", "dynamodbstreams", "sqs", "sns", "s3");
            case NATS -> new GenericContainer<>(NATS).withCommand("--jetstream", "--store_dir", "/data")
                    .withExposedPorts(4222)
                    .waitingFor(Wait.forLogMessage(".*Server is ready.*", 1));
            case OPENSEARCH -> new GenericContainer<>(OPENSEARCH).withExposedPorts(9200)
                    .withEnv("discovery.type", "single-node")
                    .withEnv("DISABLE_SECURITY_PLUGIN", "true")
                    .withEnv("OPENSEARCH_JAVA_OPTS", "-Xms512m -Xmx512m")
                    .withEnv("cluster.routing.allocation.disk.threshold_enabled", "false")
                    .waitingFor(Wait.forHttp("/_cluster/health").withStartupTimeout(Duration.ofMinutes(3)));
        };
    }
}
