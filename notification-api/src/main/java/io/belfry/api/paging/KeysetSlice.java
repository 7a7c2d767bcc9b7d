package io.belfry.api.paging;

import io.belfry.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is ordered by a unique number: which rows to read, and as a {@link Page} once they are read.
 *
 * <p>Neighbours: a page reached by a cursor has one on the side it was reached from; on the other side one row
 * more is read than is shown, to see whether there is one.
 */
public final class KeysetSlice {

    private final PageRequest request;
    private final boolean descending;
    private final String scope;
    private final @Nullable Cursor cursor;

    /**
     * @param descending whether the list begins with the highest number
     * @param scope names the list, its owner and its filters; a cursor of another scope is refused
     */
    public KeysetSlice(PageRequest request, boolean descending, String scope) {
        this.request = request;
        this.descending = descending;
        this.scope = scope;
        this.cursor = request.cursor() == null ? null : Cursor.decode(request.cursor(), scope);
    }

    /** A query of the list that reads in one order the rows whose number is between two, both excluded. */
    @FunctionalInterface
    public interface Query<R> {
        List<R> read(long above, long below, int rows, int skip);
    }

    /** What there is to read for the page, in the order that it is read in. */
    public <R> List<R> read(Query<R> ascending, Query<R> descending) {
        boolean readsDescending = this.descending != isBack();
        long above = cursor == null || readsDescending ? 0 : cursor.key();
        long below = cursor == null || !readsDescending ? Long.MAX_VALUE : cursor.key();
        return (readsDescending ? descending : ascending)
                .read(above, below, request.size() + 1, (int) Math.min(skipped(), Integer.MAX_VALUE));
    }

    /**
     * The page.
     *
     * @param read what {@link #read} gave, without rows that stand for an empty page
     * @param key the number of a row
     * @param address makes an absolute address with this cursor
     * @throws ProblemException 404 if a page number is past the end
     */
    public <T> Page<T> page(long count, List<T> read, ToLongFunction<T> key, Function<String, String> address) {
        if (pageNumber() > 1 && skipped() >= count) {
            throw ProblemException.notFound();
        }
        boolean more = read.size() > request.size();
        List<T> rows = new ArrayList<>(more ? read.subList(0, request.size()) : read);
        if (isBack()) {
            Collections.reverse(rows);
        }
        boolean hasNext = isBack() || more;
        boolean hasPrevious = (cursor != null && !cursor.back()) || (isBack() && more) || pageNumber() > 1;
        String next = hasNext ? address.apply(beyondLast(rows, key).encode(scope)) : null;
        String previous = hasPrevious ? address.apply(beforeFirst(rows, key).encode(scope)) : null;
        return new Page<>(count, next, previous, List.copyOf(rows));
    }

    private <T> Cursor beyondLast(List<T> rows, ToLongFunction<T> key) {
        return new Cursor(false, rows.isEmpty() ? turnAround() : key.applyAsLong(rows.get(rows.size() - 1)));
    }

    private <T> Cursor beforeFirst(List<T> rows, ToLongFunction<T> key) {
        return new Cursor(true, rows.isEmpty() ? turnAround() : key.applyAsLong(rows.get(0)));
    }

    /** On a page that lost all its rows: the way back includes the row that its cursor named. */
    private long turnAround() {
        if (cursor == null) {
            return 0;
        }
        boolean towardsHigher = descending == cursor.back();
        return towardsHigher ? cursor.key() + 1 : Math.max(cursor.key() - 1, 0);
    }

    private boolean isBack() {
        return cursor != null && cursor.back();
    }

    private long skipped() {
        return (pageNumber() - 1) * request.size();
    }

    private long pageNumber() {
        return request.page() == null ? 1 : request.page();
    }
}
