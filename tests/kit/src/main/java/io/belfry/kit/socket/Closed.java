package io.belfry.kit.socket;

/**
 * How a socket ended.
 *
 * @param code of the close frame; 1005 = a close frame without one, 1006 = the connection broke without a close frame
 */
public record Closed(int code, String reason) {

    static final int BROKEN = 1006;

    /** What a client does next by the contract's ranges. */
    public boolean mayComeBack() {
        if (code >= 4000) {
            return code < 4500;
        }
        return switch (code) {
            case 1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015 -> true;
            default -> false;
        };
    }
}
