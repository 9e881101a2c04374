package io.distributary.coalesce;

/** An endpoint that can tell whether what it writes ever takes the place of something newer. It need not have been started. */
public interface VersionedTarget {
    /** By its options. */
    Versioning versioning();

    /**
     * What becomes of an older change that arrives after a newer one.
     *
     * @param keepsNewer whether the newer one stays, always
     * @param remark     why not, or within which limits; null where there is nothing to say
     */
    record Versioning(boolean keepsNewer, String remark) {
    }
}
