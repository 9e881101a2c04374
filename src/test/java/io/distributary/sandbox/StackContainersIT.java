package io.distributary.sandbox;

@WithContainers
final class StackContainersIT extends StackContract {
}
