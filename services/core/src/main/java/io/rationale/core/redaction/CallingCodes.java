package io.rationale.core.redaction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Countries' calling codes (ITU-T E.164) and how many digits their numbers have with them. */
final class CallingCodes {
    private static final Set<String> CODES = new HashSet<>();
    private static final Map<String, Integer> MOST = new HashMap<>();

    static {
        for (String each :
                ("1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64"
                                + " 65 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229"
                                + " 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254"
                                + " 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355"
                                + " 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 500"
                                + " 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676"
                                + " 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 850 852 853 855 856 870 878 880"
                                + " 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993"
                                + " 994 995 996 998")
                        .split(" ")) {
            CODES.add(each);
        }
        for (String each :
                ("1=11 7=11 20=12 27=11 30=12 31=11 32=11 33=11 34=11 36=11 39=13 40=11 41=11 44=12 45=10 46=12 47=10"
                                + " 48=11 51=11 52=13 55=13 61=11 64=12 65=10 66=11 81=12 82=12 84=12 86=13 90=12 91=12 351=12 353=12"
                                + " 354=10 358=13 380=12 420=12 421=12 852=11 971=12 972=12")
                        .split(" ")) {
            MOST.put(each.substring(0, each.indexOf('=')), Integer.parseInt(each.substring(each.indexOf('=') + 1)));
        }
    }

    private CallingCodes() {}

    /** Digits of the code that the number begins with; 0 where there is no such code. */
    static int length(String number) {
        for (int length = 1; length <= Math.min(3, number.length()); length++) {
            if (CODES.contains(number.substring(0, length))) {
                return length;
            }
        }
        return 0;
    }

    /** Most digits of a number that begins so, its code among them. */
    static int mostDigits(String number) {
        return MOST.getOrDefault(number.substring(0, length(number)), 15);
    }

    /** Fewest digits of a number that begins so; plans that have one length know no shorter numbers. */
    static int fewestDigits(String number) {
        return number.startsWith("1") || number.startsWith("7") ? 11 : 9;
    }
}
