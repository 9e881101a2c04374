package io.distributary.sandbox;

@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.S3, Service.NATS, Service.OPENSEARCH})
final class StackIT extends StackContract {
}
