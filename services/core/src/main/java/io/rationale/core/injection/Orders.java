package io.rationale.core.injection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What orders to a model look like. Thread safe. */
final class Orders {
    private final List<Order> orders;

    /**
     * A kind of order. Most notes hold none of its words, which is found out many times quicker than that an expression
     * matches nowhere.
     *
     * @param words one of which it holds
     */
    record Order(List<String> words, Pattern pattern) {
        Order {
            words = List.copyOf(words);
        }

        boolean isIn(String plain) {
            return words.stream().anyMatch(plain::contains)
                    && pattern.matcher(plain).find();
        }

        private static Order of(String line) {
            String[] parts = line.split(" => ", 2);
            return new Order(List.of(parts[0].split(", ")), Pattern.compile(parts[1]));
        }
    }

    private Orders(List<Order> orders) {
        this.orders = List.copyOf(orders);
    }

    /** Reads a resource beside this class, which tells how it is written. */
    static Orders read(String resource) {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Orders.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return new Orders(in.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Order::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every kind. */
    List<Order> all() {
        return orders;
    }

    /** @param plain in lower case on one line */
    boolean areIn(String plain) {
        return orders.stream().anyMatch(order -> order.isIn(plain));
    }
}
