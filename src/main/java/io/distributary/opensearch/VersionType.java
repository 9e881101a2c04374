package io.distributary.opensearch;

/** Which writes OpenSearch refuses as older than what it has, by its {@code version_type}. */
public enum VersionType {
    /** Those with a lower version. */
    EXTERNAL_GTE("external_gte"),
    /** Those with a lower or an equal version. */
    EXTERNAL("external"),
    /** None: the last to arrive wins. */
    NONE(null);

    private final String parameter;

    VersionType(String parameter) {
        this.parameter = parameter;
    }

    /** As OpenSearch calls it; null for {@link #NONE}. */
    String parameter() {
        return parameter;
    }
}
