package io.distributary.oversize;

/** What to do with a message that is larger than its target takes. Never: to cut it, or to leave it out. */
public enum OversizePolicy {
    /** It fails: to the dead letter channel, where there is one. */
    FAIL,
    /** It is sent without the old image, and says so. */
    DROP_OLD_IMAGE,
    /** It is put into S3, and a pointer to it is sent. */
    CLAIM_CHECK
}
