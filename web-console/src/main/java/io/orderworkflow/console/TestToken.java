package io.orderworkflow.console;

/** The means of payment that the built-in provider knows, with what it does with each. */
enum TestToken {
    OK("tok_ok", "A good card: the order is confirmed"),
    DECLINED("tok_declined", "A card that is declined"),
    INSUFFICIENT_FUNDS("tok_insufficient_funds", "A card without enough money"),
    FLAKY("tok_flaky", "The provider is out of order for the first two calls, then all goes well"),
    LOST("tok_lost", "The provider's answer is lost, and looked up"),
    SILENT("tok_silent", "The provider never answers: the order waits, then is rejected"),
    CAPTURE_FAILS("tok_capture_fails", "The money is held, but cannot be taken"),
    REFUND_FAILS("tok_refund_fails", "All goes well, but the money cannot be given back later");

    private final String token;
    private final String text;

    TestToken(String token, String text) {
        this.token = token;
        this.text = text;
    }

    public String token() {
        return token;
    }

    public String text() {
        return text;
    }
}
