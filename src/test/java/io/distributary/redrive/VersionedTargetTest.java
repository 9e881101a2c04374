package io.distributary.redrive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionedTargetTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "true | kamelet:distributary-opensearch-sink?index=o | opensearch://distributary?changeOperation=INDEX&documentId=ITEM_KEY",
        "true | kamelet:distributary-opensearch-sink?index=o | opensearch://distributary?versionAttribute=v",
        "true | kamelet:distributary-opensearch-sink?index=o | opensearch://distributary?changeOperation=CREATE&documentId=EVENT_ID",
        "false | kamelet:distributary-opensearch-sink?index=o | opensearch://distributary?changeOperation=UPDATE&documentId=ITEM_KEY",
        "false | kamelet:distributary-opensearch-sink?index=o | opensearch://distributary?versionType=NONE",
        "false | kamelet:distributary-opensearch-sink?index=o | -",
        "false | kamelet:distributary-file-sink?file=f | opensearch://distributary?changeOperation=INDEX",
        "true | kamelet:distributary-dynamodb-sink?table=t | aws2-ddb://t?changeOperation=REPLICATE",
        "true | kamelet:distributary-outbox-mark-sink?table=t | aws2-ddb://t?changeOperation=MARK",
        "false | kamelet:distributary-sqs-sink?queue=q | aws2-sqs://q",
        "false | kamelet:my-dynamodb-sink?table=t | aws2-ddb://t?changeOperation=REPLICATE",
        "false | - | opensearch://distributary"})
    void whatTellsOlderFromNewerByItself(boolean versioned, String target, String endpoint) {
        assertEquals(versioned, VersionedTarget.is(target, endpoint));
    }
}
