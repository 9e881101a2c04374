package io.distributary.oversize;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of every target whose messages are limited in size. */
@UriParams
public class OversizeOptions {
    @UriParam(label = "producer", defaultValue = "FAIL",
            description = "What to do with a message that is larger than the target takes: FAIL, to the dead letter channel;"
                    + " DROP_OLD_IMAGE, leave the old image out and say so in the message; CLAIM_CHECK, put the message into S3"
                    + " and send a pointer to it.")
    private OversizePolicy oversize = OversizePolicy.FAIL;

    @UriParam(label = "producer",
            description = "S3 bucket of claim checks, for oversize=CLAIM_CHECK. Default: the setting claim-check.bucket.")
    private String claimCheckBucket;

    @UriParam(label = "producer",
            description = "What the keys of claim checks begin with; a / follows. Default: the setting claim-check.prefix.")
    private String claimCheckPrefix;

    /**
     * For a producer that sends every message as it is.
     *
     * @param where names the endpoint in the message
     * @param needs what the options take
     * @throws IllegalArgumentException where they would have no effect
     */
    public void refuse(String where, String needs) {
        if (oversize != OversizePolicy.FAIL) {
            throw new IllegalArgumentException(where + ": oversize=" + oversize + " needs " + needs);
        }
    }

    public OversizePolicy getOversize() {
        return oversize;
    }

    public void setOversize(OversizePolicy oversize) {
        this.oversize = oversize;
    }

    public String getClaimCheckBucket() {
        return claimCheckBucket;
    }

    public void setClaimCheckBucket(String claimCheckBucket) {
        this.claimCheckBucket = claimCheckBucket;
    }

    public String getClaimCheckPrefix() {
        return claimCheckPrefix;
    }

    public void setClaimCheckPrefix(String claimCheckPrefix) {
        this.claimCheckPrefix = claimCheckPrefix;
    }
}
