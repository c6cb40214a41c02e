package io.orderworkflow.payment.provider;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A payment provider: whoever holds and takes the customer's money. Make one a bean to pay through it instead of
 * through the built-in one; {@link HttpPaymentProvider} is the one to start from.
 *
 * <p><b>Asynchronous.</b> Hundreds of calls are under way at the same time. A method must return at once, and must
 * not keep a thread for as long as the answer takes. Who calls sets a time limit of its own and then forgets the
 * stage; an answer that comes later is ignored.
 *
 * <p><b>What a stage ends with.</b>
 *
 * <ul>
 *   <li>An {@linkplain ProviderAnswer answer}: the provider did it, or refused it for good. Either is final.
 *   <li>A {@link ProviderUnavailableException}: certainly nothing was done; it is tried again later.
 *   <li>Any other exception, or nothing in time: <em>whether it was done is not known</em>. The provider is asked by
 *       {@link #lookUp} before anything is tried again. An implementation that is in doubt leaves it at that.
 * </ul>
 *
 * <p><b>Idempotent.</b> Every request carries a key, and is sent again with the same key until there is an answer. The
 * provider must do it once, and answer every repetition as it answered the first time, even while the first is under
 * way. Keys are 1 to 128 characters, letters, digits and {@code -}, and have to be remembered for as long as an order
 * may take: days.
 *
 * <p><b>One after the other.</b> The requests of one payment are sent one at a time. Yet one whose answer was lost may
 * reach the provider late, after a later one was answered.
 */
public interface PaymentProvider {

    /**
     * Asks for money to be held, so that it can be taken by {@link #capture}.
     *
     * @return done, with the provider's reference, if the whole amount is held; refused if it will not be
     */
    CompletionStage<ProviderAnswer> authorize(AuthorizationRequest request);

    /**
     * Asks for held money to be taken. Sent only after the payment's authorisation was done.
     *
     * @return done if the whole amount is taken; refused if it will not be, with the money still held
     */
    CompletionStage<ProviderAnswer> capture(CaptureRequest request);

    /**
     * Asks for a part of the taken money to be given back. Sent only after the payment's capture was done, and not for
     * more than is left of it. There may be several for one payment, each with its own key.
     *
     * @return done if the whole amount is given back; refused if it will not be: then, if at all, it is asked again
     *     under another key
     */
    CompletionStage<ProviderAnswer> refund(RefundRequest request);

    /**
     * Asks for a payment to be undone, whatever became of it: held money is let go, of taken money all that earlier
     * refunds have left is given back, and of a payment that the provider has never heard of, or has refused, nothing is
     * to be undone, which is no reason to refuse. From then on the provider authorises and captures nothing under this
     * payment: a request that arrives late is refused.
     *
     * @return done when nothing is held or taken any more, with all that was ever given back under this payment;
     *     refused if the provider cannot undo it at present: it is asked again later, under another key
     */
    CompletionStage<ProviderAnswer> undo(UndoRequest request);

    /**
     * Asks what became of a request whose answer was lost.
     *
     * @param idempotencyKey the key of the request
     * @return the answer that was lost; empty if the provider has not carried the request out so far
     */
    CompletionStage<Optional<ProviderAnswer>> lookUp(String idempotencyKey);
}
