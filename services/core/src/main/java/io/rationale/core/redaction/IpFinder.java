package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isAsciiLetter;
import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isHex;
import static io.rationale.core.redaction.Letters.isWord;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Addresses of the Internet Protocol, versions 4 and 6, the latter also compressed and with an address of version 4 at
 * its end. Addresses that name no machine in particular (loopback, unspecified, netmasks) stay, and so do numbers of
 * versions and chapters, which only their surroundings tell from addresses.
 */
final class IpFinder implements Finder {
    private static final Map<String, Set<String>> WORDS = Words.read("address-words.txt");
    private static final Set<String> VERSION_WORDS = WORDS.get("version");
    private static final Set<String> ADDRESS_WORDS = WORDS.get("address");

    @Override
    public void find(Plain text, Found found) {
        char[] c = text.chars();
        int i = 0;
        while (i < c.length) {
            boolean begins = (isHex(c[i]) || c[i] == ':') && !isHexOrColon(text.at(i - 1));
            int end = begins ? found(text, i, found) : -1;
            i = Math.max(i + 1, end);
        }
    }

    private static boolean isHexOrColon(char c) {
        return isHex(c) || c == ':';
    }

    private static int found(Plain text, int start, Found found) {
        int colons = 0;
        int end = start;
        while (isHexOrColon(text.at(end))) {
            colons += text.at(end) == ':' ? 1 : 0;
            end++;
        }
        if (colons >= 2) {
            return sixth(text, start, end, found);
        }
        // 'ip:10.0.0.1', '10.0.0.1:8080'.
        int from = start;
        for (int i = start; i < end; i++) {
            from = text.at(i) == ':' ? i + 1 : from;
        }
        int of = isDigit(text.at(from)) ? fourth(text, from, found) : -1;
        return of > 0 ? of : end;
    }

    private static int fourth(Plain text, int start, Found found) {
        int end = endOfFourth(text, start);
        if (end < 0 || !isFree(text, start, end)) {
            return -1;
        }
        String value = text.string(start, end);
        if (isNobodys(value) || isVersion(text, start, value)) {
            return -1;
        }
        found.add(start, end, value);
        return end;
    }

    /** Four numbers up to 255 with points between them. @return their end or -1 */
    private static int endOfFourth(Plain text, int start) {
        int at = start;
        int digits = 0;
        boolean isFilledUp = false;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && text.at(at++) != '.') {
                return -1;
            }
            int end = at;
            int number = 0;
            while (isDigit(text.at(end)) && end < at + 4) {
                number = number * 10 + text.at(end++) - '0';
            }
            if (end == at || number > 255) {
                return -1;
            }
            isFilledUp |= end > at + 1 && text.at(at) == '0';
            digits += end - at;
            at = end;
        }
        // 192.168.001.001, but not 10.01.2.3.
        return isFilledUp && digits < 12 ? -1 : at;
    }

    private static boolean isFree(Plain text, int start, int end) {
        char before = text.at(start - 1);
        char earlier = text.at(start - 2);
        char after = text.at(end);
        char next = text.at(end + 1);
        boolean joined = isWord(before)
                || before == '.'
                || before == '-' && isAsciiLetter(earlier)
                || before == '=' && earlier == '='
                || before == ',' && isDigit(earlier)
                || before == '_';
        return !joined
                && !isWord(after)
                && !(after == '.' && isWord(next))
                && !((after == '-' || after == '_' || after == '+') && isAsciiLetter(next));
    }

    private static boolean isNobodys(String value) {
        return value.startsWith("127.") || value.startsWith("0.") || value.startsWith("255.");
    }

    private static boolean isVersion(Plain text, int start, String value) {
        String[] words = WordIndex.wordsBefore(text, start, 3, 40);
        for (String each : words) {
            if (ADDRESS_WORDS.contains(each) && !each.equals("from")) {
                return false;
            }
            if (VERSION_WORDS.contains(each)) {
                return true;
            }
        }
        if (text.at(start - 1) == '§' || text.at(start - 2) == '§' || follows(text, start)) {
            return true;
        }
        // 2.3.1.4 is rather a chapter than a machine.
        boolean isShort = value.length() == 7;
        return isShort && (words.length == 0 || !ADDRESS_WORDS.contains(words[0]));
    }

    /** Whether it is the second version of 'upgraded from 10.1.2.3 to 10.1.2.4'. */
    private static boolean follows(Plain text, int start) {
        int at = start;
        int from = Math.max(0, start - 24);
        while (at > from && !isDigit(text.at(at - 1)) && text.at(at - 1) != '\n') {
            at--;
        }
        int end = at;
        while (at > from && (isDigit(text.at(at - 1)) || text.at(at - 1) == '.')) {
            at--;
        }
        boolean isAnother = end - at >= 7 && endOfFourth(text, at) == end;
        if (!isAnother) {
            return false;
        }
        for (String each : WordIndex.wordsBefore(text, at, 3, 40)) {
            if (VERSION_WORDS.contains(each)) {
                return true;
            }
        }
        return false;
    }

    private static int sixth(Plain text, int first, int last, Found found) {
        int start = first;
        int end = last;
        if (text.at(start) == ':' && text.at(start + 1) != ':') {
            start++;
        }
        int embedded = -1;
        if (text.at(end) == '.' && isDigit(text.at(end - 1))) {
            int begin = end;
            while (begin > start && isDigit(text.at(begin - 1))) {
                begin--;
            }
            embedded = begin > start && text.at(begin - 1) == ':' ? endOfFourth(text, begin) : -1;
            end = embedded > 0 ? begin : end;
        } else if (text.at(end - 1) == ':' && text.at(end - 2) != ':') {
            end--;
        }
        String value = text.string(start, end).toLowerCase(Locale.ROOT);
        int close = embedded > 0 ? embedded : end;
        if (!isSixth(value, embedded > 0) || isWord(text.at(start - 1)) || isWord(text.at(close))) {
            return last;
        }
        String whole = text.string(start, close).toLowerCase(Locale.ROOT);
        int zone = text.at(close) == '%' ? endOfZone(text, close + 1) : close;
        found.add(start, zone, whole);
        return zone;
    }

    private static int endOfZone(Plain text, int from) {
        int end = from;
        while (isWord(text.at(end)) && end < from + 16) {
            end++;
        }
        return end == from ? from - 1 : end;
    }

    /** RFC 4291, section 2.2. What could be two names of a program with two colons between them is none. */
    private static boolean isSixth(String value, boolean hasFourth) {
        int most = hasFourth ? 6 : 8;
        int gap = value.indexOf("::");
        if (gap >= 0 && value.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String body = hasFourth && value.endsWith(":") && !value.endsWith("::")
                ? value.substring(0, value.length() - 1)
                : value;
        int groups = 0;
        boolean hasDigit = hasFourth;
        for (String each : body.split(":", -1)) {
            if (each.length() > 4) {
                return false;
            }
            groups += each.isEmpty() ? 0 : 1;
            hasDigit |= each.chars().anyMatch(c -> c >= '0' && c <= '9');
        }
        if (gap < 0) {
            boolean isTime =
                    body.length() <= 2 * most + most - 1 && body.chars().noneMatch(c -> c >= 'a' && c <= 'f');
            return groups == most && !(isTime && most == 8 && body.length() == 23);
        }
        boolean isLong = gap >= 3 || groups >= 4 || hasFourth;
        boolean isNobodys = value.equals("::1") || value.equals("::");
        return groups < most && hasDigit && (isLong || gap == 0 && groups > 0) && !isNobodys;
    }
}
