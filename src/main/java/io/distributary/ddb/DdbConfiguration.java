package io.distributary.ddb;

import java.time.Duration;
import java.time.InstantSource;

import io.distributary.aws.SendingClient;
import io.distributary.coalesce.Limits;
import io.distributary.config.AwsDefaults;
import io.distributary.config.OptionRange;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The stock options, and those of the operations for changes. */
@UriParams
public class DdbConfiguration extends AwsDefaults.Ddb {
    @UriParam(label = "producer",
            description = "What the change of an exchange does to this table, instead of the stock option operation: REPLICATE makes"
                    + " the item here what it is in the source's table, unless it is newer here; MARK says on the item when it"
                    + " was dispatched.")
    private ChangeOperation changeOperation;

    @UriParam(label = "producer", defaultValue = Attributes.VERSION,
            description = "REPLICATE: attribute of the replica for the version of the change that it is at. A change is written only"
                    + " where this is absent or lower.")
    private String versionAttribute = Attributes.VERSION;

    @UriParam(label = "producer", defaultValue = Attributes.ORIGIN,
            description = "REPLICATE: attribute of the replica for where the change came from.")
    private String originAttribute = Attributes.ORIGIN;

    @UriParam(label = "producer",
            description = "REPLICATE: what the origin attribute says. Default: the ARN of the source's table.")
    private String origin;

    @UriParam(label = "producer", defaultValue = Attributes.DELETED,
            description = "REPLICATE: attribute that is true on an item that is about to be deleted, and on a tombstone.")
    private String deletedAttribute = Attributes.DELETED;

    @UriParam(label = "producer", defaultValue = "0", javaType = "java.time.Duration",
            description = "REPLICATE: how long a tombstone stands for a deleted item, in milliseconds, so that no older change"
                    + " brings it back. 0: the item is deleted.")
    private long tombstoneTtl;

    @UriParam(label = "producer", defaultValue = Attributes.EXPIRES,
            description = "REPLICATE: the replica's time-to-live attribute, by which DynamoDB deletes tombstones.")
    private String ttlAttribute = Attributes.EXPIRES;

    @UriParam(label = "producer", defaultValue = Attributes.MARK,
            description = "MARK: attribute for the time of dispatch, as 2026-01-31T12:00:00.000Z. An item that has it is left as it"
                    + " is.")
    private String markAttribute = Attributes.MARK;

    @UriParam(label = "producer,advanced", defaultValue = "32",
            description = "Changes: the most requests in flight at the same time, 1 to 50; each is one change.")
    private int maxRequests = 32;

    @UriParam(label = "producer,advanced", defaultValue = "33554432",
            description = "Changes: bytes of changes, as DynamoDB counts them, accepted and not completed yet; the route waits"
                    + " beyond that, and so does the source.")
    private long maxBufferedBytes = 32L << 20;

    @UriParam(label = "producer,advanced", defaultValue = "30000", javaType = "java.time.Duration",
            description = "Changes: how long after its first attempt a change that may still succeed is tried again, in"
                    + " milliseconds, with pauses from 100 ms to 5 s; then it fails. Later changes of its item wait.")
    private long retryTimeout = 30_000;

    @UriParam(label = "producer,advanced", defaultValue = "10000", javaType = "java.time.Duration",
            description = "Changes: how long to wait for the answer of a request, in milliseconds; then it is made again.")
    private long requestTimeout = 10_000;

    @Override
    public DdbConfiguration copy() {
        return (DdbConfiguration) super.copy();
    }

    /**
     * Refuses what is out of range or contradicts itself.
     *
     * @param where names the endpoint in the message, without secrets
     * @throws IllegalArgumentException says which option, and why
     */
    void check(String where) {
        OptionRange.check(where, "maxRequests", maxRequests, 1, 50);
        OptionRange.check(where, "maxBufferedBytes", maxBufferedBytes, 1 << 20);
        OptionRange.check(where, "retryTimeout", retryTimeout, 0, 86_400_000);
        OptionRange.check(where, "requestTimeout", requestTimeout, 100, 3_600_000);
        OptionRange.check(where, "tombstoneTtl", tombstoneTtl, 0, Duration.ofDays(3650).toMillis());
        SendingClient.checkKeys(this, where);
    }

    Limits limits() {
        return new Limits(1, Long.MAX_VALUE, maxRequests, maxBufferedBytes, Duration.ZERO, Duration.ofMillis(retryTimeout));
    }

    ChangeWrites changeWrites(InstantSource clock) {
        return switch (changeOperation) {
            case REPLICATE -> new Replication(getTableName(),
                    new Attributes(versionAttribute, originAttribute, deletedAttribute, ttlAttribute, markAttribute), origin,
                    Duration.ofMillis(tombstoneTtl), clock);
            case MARK -> new Marking(getTableName(), markAttribute, clock);
        };
    }

    public ChangeOperation getChangeOperation() {
        return changeOperation;
    }

    public void setChangeOperation(ChangeOperation changeOperation) {
        this.changeOperation = changeOperation;
    }

    public String getVersionAttribute() {
        return versionAttribute;
    }

    public void setVersionAttribute(String versionAttribute) {
        this.versionAttribute = versionAttribute;
    }

    public String getOriginAttribute() {
        return originAttribute;
    }

    public void setOriginAttribute(String originAttribute) {
        this.originAttribute = originAttribute;
    }

    public String getOrigin() {
        return origin;
    }

    public void setOrigin(String origin) {
        this.origin = origin;
    }

    public String getDeletedAttribute() {
        return deletedAttribute;
    }

    public void setDeletedAttribute(String deletedAttribute) {
        this.deletedAttribute = deletedAttribute;
    }

    public long getTombstoneTtl() {
        return tombstoneTtl;
    }

    public void setTombstoneTtl(long tombstoneTtl) {
        this.tombstoneTtl = tombstoneTtl;
    }

    public String getTtlAttribute() {
        return ttlAttribute;
    }

    public void setTtlAttribute(String ttlAttribute) {
        this.ttlAttribute = ttlAttribute;
    }

    public String getMarkAttribute() {
        return markAttribute;
    }

    public void setMarkAttribute(String markAttribute) {
        this.markAttribute = markAttribute;
    }

    public int getMaxRequests() {
        return maxRequests;
    }

    public void setMaxRequests(int maxRequests) {
        this.maxRequests = maxRequests;
    }

    public long getMaxBufferedBytes() {
        return maxBufferedBytes;
    }

    public void setMaxBufferedBytes(long maxBufferedBytes) {
        this.maxBufferedBytes = maxBufferedBytes;
    }

    public long getRetryTimeout() {
        return retryTimeout;
    }

    public void setRetryTimeout(long retryTimeout) {
        this.retryTimeout = retryTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }
}
