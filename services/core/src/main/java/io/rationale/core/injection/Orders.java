package io.rationale.core.injection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What orders to a model look like. Thread safe. */
final class Orders {
    private final List<Order> orders;
    private final List<Order> ascii;

    /**
     * A kind of order. Most notes hold none of its words, which is found out many times quicker than that an expression
     * matches nowhere.
     *
     * @param words groups of words, of each of which it holds one
     */
    record Order(List<List<String>> words, Pattern pattern) {
        Order {
            words = List.copyOf(words);
        }

        boolean isIn(String plain) {
            for (List<String> group : words) {
                if (!Words.isOneIn(plain, group)) {
                    return false;
                }
            }
            return pattern.matcher(plain).find();
        }

        /** Whether it can stand in a text that is ASCII alone. */
        private boolean isAscii() {
            return words.stream().allMatch(group -> group.stream().anyMatch(Words::isAscii));
        }

        private static Order of(String line) {
            String[] parts = line.split(" => ", 2);
            return new Order(
                    Stream.of(parts[0].split(" & "))
                            .map(group -> List.of(group.split(", ")))
                            .toList(),
                    Pattern.compile(parts[1]));
        }
    }

    private Orders(List<Order> orders) {
        this.orders = List.copyOf(orders);
        this.ascii = orders.stream().filter(Order::isAscii).toList();
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
        for (Order order : Words.isAscii(plain) ? ascii : orders) {
            if (order.isIn(plain)) {
                return true;
            }
        }
        return false;
    }
}
