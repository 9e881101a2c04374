package io.distributary.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import io.distributary.feed.RouteTarget;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    @ParameterizedTest
    @CsvSource({
        "opensearch:x?indexName=i&indexTemplate=i,                      false, ",
        "opensearch:x?indexName=i,                                      false, remembered",
        "opensearch:x?indexName=i&documentId=EVENT_ID&document=BODY&changeOperation=CREATE, false, ",
        "opensearch:x?indexName=i&changeOperation=UPDATE,               true,  changeOperation=UPDATE",
        "opensearch:x?indexName=i&versionType=NONE,                     true,  versionType=NONE",
        "opensearch:x?indexName=i&operation=Index,                      true,  leaves the request to Camel",
        "aws2-ddb:t?region=eu-west-1&changeOperation=REPLICATE&tombstoneTtl=90000000, false, ",
        "aws2-ddb:t?region=eu-west-1&changeOperation=REPLICATE,         true,  tombstoneTtl",
        "aws2-ddb:t?region=eu-west-1&changeOperation=MARK,              false, ",
        "aws2-ddb:t?region=eu-west-1,                                   true,  no changeOperation",
        "aws2-sqs:q?region=eu-west-1,                                   true, ",
        "aws2-sns:t?region=eu-west-1,                                   true, ",
        "nats:s,                                                        true, "})
    void whereSnapshotsTakeThePlaceOfNewerChangesTheOrderIsNeeded(String uri, boolean needOrder, String remark) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Targets targets = Targets.of(List.of(new RouteTarget("the target", context.getComponent(uri.replaceFirst(":.*", ""))
                    .createEndpoint(uri))));
            assertEquals(needOrder, targets.needOrder(), targets.toString());
            assertTrue(remark == null ? targets.remarks().isEmpty() : targets.toString().contains(remark), targets.toString());
            assertEquals(!needOrder && remark == null, targets.overtaken().isEmpty() && targets.remarks().isEmpty());
        }
    }

    @Test
    void aTargetThatIsNotKnownNeedsTheOrder() {
        assertTrue(Targets.of(List.of()).needOrder());
        assertTrue(Targets.of(List.of(new RouteTarget("what a step chooses", null))).needOrder());
    }
}
