package io.distributary.ddbstream;

import io.distributary.ddbstream.shard.OrderBy;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options that say how records become exchanges, and what becomes of those that fail. */
@UriParams
public abstract class DeliveryConfiguration extends Ddb2StreamConfiguration {
    @UriParam(label = "consumer", defaultValue = "RECORD",
            description = "What an exchange carries: RECORD, one record, its body a ChangeEvent; BATCH, up to batchSize records of"
                    + " one shard and of different items, its body a list of ChangeEvents.")
    private ExchangeMode exchangeMode = ExchangeMode.RECORD;

    @UriParam(label = "consumer", defaultValue = "100",
            description = "Records of a batch at most, 1 to 10,000 and not above maxInFlight; for exchangeMode=BATCH.")
    private int batchSize = 100;

    @UriParam(label = "consumer", defaultValue = "0", javaType = "java.time.Duration",
            description = "How long a batch that is not full waits for more records, in milliseconds, up to 300,000; 0: it goes"
                    + " as soon as a worker is free. For exchangeMode=BATCH.")
    private long batchWindow;

    @UriParam(label = "consumer", defaultValue = "ITEM",
            description = "Which changes go one after the other: ITEM, those of the same item; PARTITION_KEY, those of all items with"
                    + " the same partition key, as the events of an aggregate in an outbox table. All others go in parallel.")
    private OrderBy orderBy = OrderBy.ITEM;

    @UriParam(label = "consumer", defaultValue = "0",
            description = "How often the delivery of a record may fail, the first time included, before the record goes to"
                    + " deadLetterUri; 0: any number of times. Counts exchanges that fail: those that a dead letter channel of"
                    + " the route has handled do not.")
    private int maxAttempts;

    @UriParam(label = "consumer", defaultValue = "0", javaType = "java.time.Duration",
            description = "How old a record may be, in milliseconds since its change was made, when its delivery fails; an older"
                    + " one goes to deadLetterUri. 0: any age. A record that does not fail is delivered however old it is.")
    private long maxRecordAge;

    @UriParam(label = "consumer",
            description = "The endpoint that stores records given up by maxAttempts or maxRecordAge, such as"
                    + " kamelet:distributary-dead-letter-sqs-sink?queue=NAME. A record is acknowledged when it has accepted it.")
    private String deadLetterUri;

    public ExchangeMode getExchangeMode() {
        return exchangeMode;
    }

    public void setExchangeMode(ExchangeMode exchangeMode) {
        this.exchangeMode = exchangeMode;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public long getBatchWindow() {
        return batchWindow;
    }

    public void setBatchWindow(long batchWindow) {
        this.batchWindow = batchWindow;
    }

    public OrderBy getOrderBy() {
        return orderBy;
    }

    public void setOrderBy(OrderBy orderBy) {
        this.orderBy = orderBy;
    }

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public long getMaxRecordAge() {
        return maxRecordAge;
    }

    public void setMaxRecordAge(long maxRecordAge) {
        this.maxRecordAge = maxRecordAge;
    }

    public String getDeadLetterUri() {
        return deadLetterUri;
    }

    public void setDeadLetterUri(String deadLetterUri) {
        this.deadLetterUri = deadLetterUri;
    }
}
