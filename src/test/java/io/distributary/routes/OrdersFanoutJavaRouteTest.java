package io.distributary.routes;

import org.apache.camel.test.main.junit5.CamelMainTest;

@CamelMainTest(propertyPlaceholderLocations = OrdersFanoutRouteContract.SHIPPED,
        replaceRouteFromWith = "orders-fanout-java" + OrdersFanoutRouteContract.FROM,
        properties = {"camel.main.routesIncludePattern=file:routes/*.camel.yaml", "distributary.java-routes=true",
            OrdersFanoutRouteContract.KAMELETS, OrdersFanoutRouteContract.DEAD_LETTERS, OrdersFanoutRouteContract.DELAY})
final class OrdersFanoutJavaRouteTest extends OrdersFanoutRouteContract {
}
