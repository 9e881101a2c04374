package io.distributary.backfill;

import java.util.Map;

import io.distributary.ddbstream.SourceTable;
import io.distributary.ddbstream.shard.StreamErrors;
import io.distributary.diagnosis.ConfigurationProblem;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** DynamoDB's parallel Scan, with strongly consistent reads: a page has every change that was made before it was asked for. */
final class TableScan implements ItemPages {
    private final SourceTable table;
    private final ScanRequest request;

    TableScan(SourceTable table, String name, String partitionKey, int segments, ItemSelection selection) {
        this.table = table;
        ScanRequest.Builder builder = ScanRequest.builder().tableName(name).totalSegments(segments).consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        selection.apply(builder, partitionKey);
        request = builder.build();
    }

    @Override
    public Page read(int segment, Map<String, AttributeValue> after, int limit) {
        try {
            ScanResponse answer = table.client().scan(request.toBuilder().segment(segment).limit(limit)
                    .exclusiveStartKey(after).build());
            return new Page(answer.items(), answer.scannedCount(),
                    answer.consumedCapacity() == null ? 0 : answer.consumedCapacity().capacityUnits(),
                    answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : null);
        } catch (SdkException e) {
            if (e instanceof AwsServiceException refused && refused.awsErrorDetails() != null
                    && "ValidationException".equals(refused.awsErrorDetails().errorCode())) {
                throw new ConfigurationProblem("DynamoDB refuses to scan table " + request.tableName() + ": "
                        + refused.awsErrorDetails().errorMessage() + (request.filterExpression() == null ? "" : " (filter: "
                                + request.filterExpression() + ")"));
            }
            RuntimeException explained = table.explained(e, "dynamodb:Scan");
            throw explained == e ? new TemporaryFailure(StreamErrors.reason(e), e) : explained;
        }
    }
}
