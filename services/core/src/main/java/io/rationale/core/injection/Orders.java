package io.rationale.core.injection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What orders to a model look like. Thread safe. */
final class Orders {
    private final List<Order> orders;
    private final WordSearch words;
    /** By order: a set of positions in the list of all words for each of its groups. */
    private final List<List<BitSet>> groups;

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

        private static Order of(String line) {
            String[] parts = line.split(" => ", 2);
            return new Order(
                    Stream.of(parts[0].split(" & "))
                            .map(group -> List.of(group.split(", ")))
                            .toList(),
                    Pattern.compile(parts[1]));
        }
    }

    Orders(List<Order> orders) {
        this.orders = List.copyOf(orders);
        List<String> all = orders.stream()
                .flatMap(order -> order.words().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
        this.words = new WordSearch(all);
        this.groups = orders.stream()
                .map(order -> order.words().stream()
                        .map(group -> positions(group, all))
                        .toList())
                .toList();
    }

    private static BitSet positions(List<String> group, List<String> all) {
        BitSet positions = new BitSet(all.size());
        group.forEach(word -> positions.set(all.indexOf(word)));
        return positions;
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
        BitSet found = words.in(plain);
        for (int i = 0; i < orders.size(); i++) {
            if (holdsAll(groups.get(i), found)
                    && orders.get(i).pattern().matcher(plain).find()) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsAll(List<BitSet> groups, BitSet found) {
        for (BitSet group : groups) {
            if (!group.intersects(found)) {
                return false;
            }
        }
        return true;
    }
}
