package io.distributary.ddbstream;

import io.distributary.ddbstream.shard.GapPolicy;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The stock options, and those of the durable source. */
@UriParams
public class DdbStreamConfiguration extends Ddb2StreamConfiguration {
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
