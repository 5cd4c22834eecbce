package io.rationale.local.command;

/** What the process tells its caller. */
public final class ExitCode {
    /** Every accepted note has a verdict. */
    public static final int OK = 0;
    /** Wrong usage, or nothing readable in the input. */
    public static final int USAGE = 2;
    /** Some notes became unclassifiable. */
    public static final int UNCLASSIFIABLE = 3;
    /** R1 cannot be reached. */
    public static final int R1_UNREACHABLE = 4;
    /** A check found something that is not as it should be. */
    public static final int NOT_IN_ORDER = 5;
    /** Stopped by Ctrl-C, as shells count it. */
    public static final int INTERRUPTED = 130;
    /** A fault of ours. */
    public static final int FAILURE = 1;

    private ExitCode() {}
}
