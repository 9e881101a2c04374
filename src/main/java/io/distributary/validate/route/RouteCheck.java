package io.distributary.validate.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.dsl.SchemaCheck;
import io.distributary.validate.endpoint.Catalog;
import io.distributary.validate.endpoint.EndpointCheck;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.kamelet.Kamelet;
import io.distributary.validate.kamelet.KameletUseCheck;
import io.distributary.validate.yaml.Element;
import org.apache.camel.CamelContext;

/** Everything about routes, and about the steps in kamelets. */
public final class RouteCheck {
    private static final Set<String> TEXT_FOR_PEOPLE = Set.of("description", "note", "title");

    private final List<RouteFile> files;
    private final Map<String, Kamelet> kamelets;
    private final Placeholders placeholders;
    private final SchemaCheck schema;
    private final Problems problems;
    private final EndpointCheck endpoints;
    private final KameletUseCheck kameletUses;
    private final ExpressionCheck expressions;
    private final Catalog catalog;
    private final Set<String> beans;

    /**
     * @param context  looked things up in, never started
     * @param files    all that run together
     * @param kamelets by name
     * @param folder   of the kamelets, for messages
     * @param beans    names of beans that are made elsewhere
     */
    public RouteCheck(CamelContext context, List<RouteFile> files, Map<String, Kamelet> kamelets, String folder,
            Collection<String> beans, Placeholders placeholders, SchemaCheck schema, Problems problems) {
        this.files = files;
        this.kamelets = kamelets;
        this.placeholders = placeholders;
        this.schema = schema;
        this.problems = problems;
        this.catalog = new Catalog(context);
        this.endpoints = new EndpointCheck(catalog, context, problems);
        this.kameletUses = new KameletUseCheck(kamelets, folder, problems);
        this.expressions = new ExpressionCheck(context, catalog, placeholders, problems);
        this.beans = new TreeSet<>(beans);
        files.forEach(file -> this.beans.addAll(file.beans()));
    }

    /** Reports what is wrong in and between the files. */
    public void check() {
        for (RouteFile file : files) {
            schema.checkRouteFile(file.root());
            Set<String> local = templateParameters(file.root());
            placeholders(file.root(), local);
            content(file.root(), unknown(local), beans);
        }
        new RouteSetCheck(files, placeholders, problems).check();
        new LossCheck(files, kamelets, placeholders, problems).check();
    }

    /** Reports what is wrong with a kamelet's steps. */
    public void check(Kamelet kamelet) {
        kamelet.template().ifPresent(template -> {
            placeholders(template, kamelet.localNames());
            Set<String> known = new TreeSet<>(beans);
            known.addAll(kamelet.localNames());
            content(template, KameletValues.of(kamelet), known);
        });
        new LossCheck(files, kamelets, placeholders, problems).check(kamelet);
    }

    /** The endpoints that the routes name, those in the kamelets that they use included, at the place of that use. */
    public List<EndpointUse> endpoints() {
        List<EndpointUse> all = new ArrayList<>();
        for (RouteFile file : files) {
            for (EndpointUse use : Steps.endpoints(file.root(), placeholders, Map.of())) {
                if (!use.scheme().equals("kamelet")) {
                    all.add(use);
                    continue;
                }
                Kamelet kamelet = kamelets.get(use.path().split("/", 2)[0]);
                if (kamelet != null && kamelet.template().isPresent()) {
                    Map<String, String> values = KameletValues.of(kamelet);
                    use.values().forEach(value -> values.put(value.name(), value.text()));
                    Steps.endpoints(kamelet.template().get(), placeholders, values).forEach(inner -> all.add(
                            new EndpointUse(use.at(), inner.scheme(), inner.path(), inner.values(), inner.consumer(), inner.polled())));
                }
            }
        }
        return all;
    }

    private void content(Element element, Map<String, String> local, Set<String> known) {
        ReferenceCheck references = new ReferenceCheck(catalog, placeholders, known, problems);
        for (EndpointUse use : Steps.endpoints(element, placeholders, local)) {
            if (use.scheme().equals("kamelet")) {
                kameletUses.check(use);
            } else {
                endpoints.check(use);
            }
            use.values().forEach(references::check);
        }
        expressions.check(element, local);
        references.check(element, local);
    }

    private void placeholders(Element element, Set<String> local) {
        if (element.isText()) {
            placeholders.check(element, local, problems);
        }
        element.items().forEach(item -> placeholders(item, local));
        element.fields().stream().filter(field -> !TEXT_FOR_PEOPLE.contains(field.name()))
                .forEach(field -> placeholders(field.value(), local));
    }

    /** The names that route templates of this file may use. */
    private static Set<String> templateParameters(Element root) {
        Set<String> names = new TreeSet<>();
        root.items().forEach(entry -> entry.get("routeTemplate").ifPresent(template -> {
            for (String list : new String[] {"parameters", "beans"}) {
                template.get(list).ifPresent(all -> all.items().forEach(one -> one.text("name").ifPresent(names::add)));
            }
        }));
        return names;
    }

    private static Map<String, String> unknown(Set<String> names) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> String.valueOf(Placeholders.UNKNOWN)));
    }
}
