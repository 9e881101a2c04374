package io.distributary.ddbstream;

import java.time.Instant;
import java.time.format.DateTimeParseException;

import io.distributary.ddbstream.shard.GapPolicy;
import io.distributary.ddbstream.shard.StartPosition;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The stock options, and those of the durable source. */
@UriParams
public class DdbStreamConfiguration extends DeliveryConfiguration {
    @UriParam(label = "consumer", defaultValue = "50", javaType = "java.time.Duration",
            description = "Pause after the first poll of a shard that finds no records, in milliseconds. It grows by half with"
                    + " every further one up to maxPollInterval; after records the next poll comes at once. The stock option"
                    + " delay sets a fixed pause instead of both.")
    private long minPollInterval = 50;

    @UriParam(label = "consumer", defaultValue = "250", javaType = "java.time.Duration",
            description = "Pause between two polls of an idle shard, in milliseconds: bounds the delay of the first record after"
                    + " a silence, and decides what an idle shard costs.")
    private long maxPollInterval = 250;

    @UriParam(label = "consumer",
            description = "Where the very first start begins, instead of streamIteratorType: at what was written from this"
                    + " instant on, as 2026-01-31T12:00:00Z, as far as the stream still holds it (24 hours). DynamoDB Streams has"
                    + " no such position: the stream is read from its oldest record and older ones are skipped, by creation"
                    + " times that are not exact; up to a minute's worth of older records is delivered.")
    private String startTimestamp;

    @UriParam(label = "consumer",
            description = "streamIteratorType as a switch, for where a setting is one: true is FROM_LATEST, false FROM_START. Wins"
                    + " over streamIteratorType.")
    private Boolean startFromLatest;

    @UriParam(label = "consumer",
            description = "Names the checkpoints, as KCL's application name does. Default: the id of the route.")
    private String applicationName;

    @UriParam(label = "consumer", defaultValue = "FILE",
            description = "Where the checkpoints are kept: FILE, a folder of this machine; DYNAMODB, a DynamoDB table; NATS_KV,"
                    + " a NATS key-value bucket of the connection natsConnection.")
    private CheckpointStoreType checkpointStore = CheckpointStoreType.FILE;

    @UriParam(label = "consumer", defaultValue = "data/checkpoints",
            description = "Folder of the checkpoint files, for the checkpoint store FILE.")
    private String checkpointDirectory = "data/checkpoints";

    @UriParam(label = "consumer", defaultValue = "distributary-checkpoints",
            description = "DynamoDB table of the checkpoints, for the checkpoint store DYNAMODB; created when absent.")
    private String checkpointTable = "distributary-checkpoints";

    @UriParam(label = "consumer", defaultValue = "dynamodb-stream-checkpoints",
            description = "NATS key-value bucket of the checkpoints, for the checkpoint store NATS_KV; created when absent.")
    private String checkpointBucket = "dynamodb-stream-checkpoints";

    @UriParam(label = "consumer", defaultValue = "1000", javaType = "java.time.Duration",
            description = "Time between two saves of the checkpoints, in milliseconds. A crash repeats what was"
                    + " acknowledged since the last save.")
    private long checkpointInterval = 1000;

    @UriParam(label = "consumer", defaultValue = "256",
            description = "How far the last record of a shard in flight may be ahead of the first one that is not"
                    + " acknowledged: bounds the records in flight and, with checkpointInterval, what a crash repeats.")
    private int maxInFlight = 256;

    @UriParam(label = "consumer,advanced", defaultValue = "67108864",
            description = "Bytes of records, as DynamoDB counts them, read and not yet acknowledged, over all shards of"
                    + " the endpoint. Reading pauses beyond that.")
    private long maxBufferedBytes = 64L << 20;

    @UriParam(label = "consumer,advanced", defaultValue = "32",
            description = "Threads that run the route, for targets that block. From Java 24 on virtual threads are used"
                    + " instead, bounded by maxInFlight.")
    private int workers = 32;

    @UriParam(label = "consumer,advanced", defaultValue = "8",
            description = "Threads that read: the most calls to DynamoDB Streams at the same time.")
    private int readers = 8;

    @UriParam(label = "consumer,advanced", defaultValue = "10000", javaType = "java.time.Duration",
            description = "Time between two listings of the stream's shards, in milliseconds. The end of a shard makes a"
                    + " listing at once.")
    private long shardRefreshInterval = 10_000;

    @UriParam(label = "consumer", defaultValue = "FAIL",
            description = "What to do when the stream no longer holds records that were not read yet: FAIL stops that"
                    + " shard and its children, visibly; CONTINUE goes on with the oldest record that is left.")
    private GapPolicy onGap = GapPolicy.FAIL;

    @UriParam(label = "consumer,advanced",
            description = "DynamoDB client to find the table's stream with (DescribeTable). Without it, and with a"
                    + " streams client given, ListStreams is used.")
    @Metadata(autowired = true)
    private DynamoDbClient amazonDynamoDbClient;

    public DdbStreamConfiguration() {
        setMaxResultsPerRequest(1000);
    }

    @Override
    public DdbStreamConfiguration copy() {
        return (DdbStreamConfiguration) super.copy();
    }

    public String getStartTimestamp() {
        return startTimestamp;
    }

    public void setStartTimestamp(String startTimestamp) {
        this.startTimestamp = startTimestamp;
    }

    /** The startTimestamp option, or null; throws with a message for people where it is none. */
    Instant startInstant() {
        if (startTimestamp == null || startTimestamp.isBlank()) {
            return null;
        }
        try {
            return Instant.parse(startTimestamp);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("startTimestamp is " + startTimestamp
                    + ", but must be an instant such as 2026-01-31T12:00:00Z", e);
        }
    }

    public long getMinPollInterval() {
        return minPollInterval;
    }

    public void setMinPollInterval(long minPollInterval) {
        this.minPollInterval = minPollInterval;
    }

    public long getMaxPollInterval() {
        return maxPollInterval;
    }

    public void setMaxPollInterval(long maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public Boolean getStartFromLatest() {
        return startFromLatest;
    }

    public void setStartFromLatest(Boolean startFromLatest) {
        this.startFromLatest = startFromLatest;
    }

    /** Where the very first start begins, by the options that say it. */
    StartPosition startPosition() {
        if (startInstant() != null) {
            return StartPosition.AT_TIMESTAMP;
        }
        boolean latest = startFromLatest != null ? startFromLatest : getStreamIteratorType() != StreamIteratorType.FROM_START;
        return latest ? StartPosition.FROM_LATEST : StartPosition.FROM_START;
    }

    public String getApplicationName() {
        return applicationName;
    }

    public void setApplicationName(String applicationName) {
        this.applicationName = applicationName;
    }

    public CheckpointStoreType getCheckpointStore() {
        return checkpointStore;
    }

    public void setCheckpointStore(CheckpointStoreType checkpointStore) {
        this.checkpointStore = checkpointStore;
    }

    public String getCheckpointTable() {
        return checkpointTable;
    }

    public void setCheckpointTable(String checkpointTable) {
        this.checkpointTable = checkpointTable;
    }

    public String getCheckpointBucket() {
        return checkpointBucket;
    }

    public void setCheckpointBucket(String checkpointBucket) {
        this.checkpointBucket = checkpointBucket;
    }

    public String getCheckpointDirectory() {
        return checkpointDirectory;
    }

    public void setCheckpointDirectory(String checkpointDirectory) {
        this.checkpointDirectory = checkpointDirectory;
    }

    public long getCheckpointInterval() {
        return checkpointInterval;
    }

    public void setCheckpointInterval(long checkpointInterval) {
        this.checkpointInterval = checkpointInterval;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public long getMaxBufferedBytes() {
        return maxBufferedBytes;
    }

    public void setMaxBufferedBytes(long maxBufferedBytes) {
        this.maxBufferedBytes = maxBufferedBytes;
    }

    public int getWorkers() {
        return workers;
    }

    public void setWorkers(int workers) {
        this.workers = workers;
    }

    public int getReaders() {
        return readers;
    }

    public void setReaders(int readers) {
        this.readers = readers;
    }

    public long getShardRefreshInterval() {
        return shardRefreshInterval;
    }

    public void setShardRefreshInterval(long shardRefreshInterval) {
        this.shardRefreshInterval = shardRefreshInterval;
    }

    public GapPolicy getOnGap() {
        return onGap;
    }

    public void setOnGap(GapPolicy onGap) {
        this.onGap = onGap;
    }

    public DynamoDbClient getAmazonDynamoDbClient() {
        return amazonDynamoDbClient;
    }

    public void setAmazonDynamoDbClient(DynamoDbClient amazonDynamoDbClient) {
        this.amazonDynamoDbClient = amazonDynamoDbClient;
    }
}
