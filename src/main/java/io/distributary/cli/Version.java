package io.distributary.cli;

import org.apache.camel.CamelContext;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, which the build writes. */
final class Version implements IVersionProvider {
    /** The version, or "development" when run from class files. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
                "Distributary " + current(),
                "Apache Camel " + CamelContext.class.getPackage().getImplementationVersion(),
                "Java " + Runtime.version()
        };
    }
}
