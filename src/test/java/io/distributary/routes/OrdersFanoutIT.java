package io.distributary.routes;

import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;

@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
final class OrdersFanoutIT extends OrdersFanoutContract {
    OrdersFanoutIT(Stack stack) {
        super(stack);
    }
}
