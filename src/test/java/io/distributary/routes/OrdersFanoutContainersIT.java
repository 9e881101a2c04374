package io.distributary.routes;

import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithContainers;

@WithContainers
final class OrdersFanoutContainersIT extends OrdersFanoutContract {
    OrdersFanoutContainersIT(Stack stack) {
        super(stack);
    }
}
