package io.rationale.core.review;

import java.util.ArrayList;
import java.util.List;

/** Tables of counts as publications print them: R1's categories down, the person's across. */
final class Tables {
    private Tables() {}

    static Confusion of(long[]... rows) {
        List<Confusion.Cell> cells = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                if (rows[i][j] > 0) {
                    cells.add(new Confusion.Cell(name(i), name(j), rows[i][j]));
                }
            }
        }
        return new Confusion(cells);
    }

    static String name(int category) {
        return "c" + category;
    }
}
