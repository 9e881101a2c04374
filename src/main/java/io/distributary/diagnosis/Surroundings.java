package io.distributary.diagnosis;

import java.util.Collection;
import java.util.Optional;

/** What the application knows about itself when something fails: the names that would have been right, and the files. */
public interface Surroundings {
    /** Endpoint schemes of the components on the class path. */
    Collection<String> schemes();

    /** Options of a scheme's endpoints; empty for an unknown scheme. */
    Collection<String> endpointOptions(String scheme);

    /** Options of an object that properties are bound to. */
    Collection<String> optionsOf(Object target);

    /** Names of the properties that placeholders can name. */
    Collection<String> placeholders();

    /** Names of the kamelets in the kamelets folder. */
    Collection<String> kamelets();

    /** Names of the EIPs and fields of the YAML DSL. */
    Collection<String> yamlNames();

    /** The file that a route comes from. */
    Optional<String> fileOf(String routeId);

    /** What a person calls it: "route x", or "kamelet y" or "kamelet y of route x" for one that Camel made from a kamelet. */
    String nameOf(String routeId);

    /** The properties file. */
    String configFile();
}
