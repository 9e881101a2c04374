package io.distributary.cli;

import java.nio.file.Files;
import java.util.List;

import io.distributary.config.EditDistance;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.diagnosis.CamelProperties;
import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.diagnosis.KameletParameters;
import io.distributary.ops.DeadlockCheck;
import io.distributary.ops.ManagementPort;
import io.distributary.ops.ProbePaths;
import io.distributary.ops.StartingPort;
import io.distributary.page.PageService;
import io.distributary.routes.live.LiveRoutes;
import io.distributary.status.StatusPath;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.Main;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.regions.Region;

/** Camel Main with this application's defaults; each {@code camel.*} property of the settings file wins over them. */
class RoutesMain extends Main {
    /** Longest wait, in seconds, for the records in flight at shutdown; {@code camel.main.shutdownTimeout} changes it. */
    static final int SHUTDOWN_TIMEOUT = 30;

    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");

    private final RunOptions options;
    private volatile boolean running;

    RoutesMain(RunOptions options) {
        this(options, new StartingPort());
    }

    /** @param starting has the management port between two tries of the start */
    RoutesMain(RunOptions options, StartingPort starting) {
        this.options = options;
        setAppName("Distributary");
        setPropertyPlaceholderLocations("file:" + options.config());
        // Initial properties rank below those of the file.
        addInitialProperty("camel.component.kamelet.location", "file:" + options.kamelets());
        bind("distributary-management-port", new ManagementPort(serves(), starting));
        configure()
                .withName("distributary")
                .withShutdownTimeout(SHUTDOWN_TIMEOUT)
                .withAutoConfigurationLogSummary(false)
                .withJmxEnabled(false);
        configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
        if (Files.isDirectory(options.routes())) {
            configure().setRoutesIncludePattern("file:" + options.routes() + "/*.camel.yaml");
        }
    }

    /** Whether the routes run until the process is asked to end: then saved files take effect, and the log says what runs. */
    boolean serves() {
        return true;
    }

    @Override
    protected void autoconfigure(CamelContext context) throws Exception {
        // Here, not at first: those of camel-observability-services would take their place.
        ManagementPort.defaults().forEach(this::addInitialProperty);
        CamelProperties.check(context.getPropertiesComponent().loadProperties(name -> name.startsWith("camel."))
                .stringPropertyNames(), options.config());
        Settings.of(context).get(Setting.AWS_REGION).ifPresent(RoutesMain::checkRegion);
        super.autoconfigure(context);
        context.addService(new ProbePaths(context), true, true);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.register(new DeadlockCheck());
        }
        if (serves()) {
            context.addService(new StatusPath(context, Version.current()), true, true);
            context.addService(new PageService(context), true, true);
        }
    }

    /** Only a warning: AWS opens regions that this version of the SDK does not know. */
    private static void checkRegion(String name) {
        List<String> known = Region.regions().stream().map(Region::id).toList();
        if (!known.contains(name)) {
            LOG.warn("aws.region {} is none that this version knows{}", name,
                    EditDistance.nearest(name, known).map(nearest -> ": did you mean " + nearest + "?").orElse(""));
        }
    }

    private static boolean javaRoutes(CamelContext context) {
        return context.getPropertiesComponent().resolveProperty("distributary.java-routes")
                .filter(Boolean::parseBoolean).isPresent();
    }

    @Override
    protected void configureRoutes(CamelContext context) throws Exception {
        boolean live = serves() && Files.isDirectory(options.routes()) && !javaRoutes(context);
        LiveRoutes liveRoutes = live ? new LiveRoutes(options.routes(), options.kamelets(), options.config()) : null;
        super.configureRoutes(context);
        if (StartReport.ownRoutes(context).isEmpty()) {
            throw new ConfigurationProblem("There are no routes: "
                    + (Files.isDirectory(options.routes()) ? "no *.camel.yaml in the folder " + options.routes() + " holds one"
                            : "there is no folder " + options.routes().toAbsolutePath())
                    + "; write one there, or name another folder with --routes DIR");
        }
        if (live) {
            context.addService(liveRoutes);
        }
        context.addLifecycleStrategy(new KameletParameters());
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            // Here, not after the stop: the JVM ends as soon as the context has stopped.
            @Override
            public void onContextStopped(CamelContext stopped) {
                if (running) {
                    LOG.info("Stopped");
                }
            }
        });
    }

    @Override
    protected void afterStart() throws Exception {
        super.afterStart();
        running = serves();
        if (running) {
            StartReport.log(getCamelContext(), options);
        }
    }

    @Override
    protected void beforeStop() throws Exception {
        if (serves()) {
            LOG.info("Stopping: finishing the records in flight, for {} s at the most",
                    getCamelContext().getShutdownStrategy().getTimeout());
        }
        super.beforeStop();
    }
}
