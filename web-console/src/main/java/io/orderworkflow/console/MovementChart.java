package io.orderworkflow.console;

import io.orderworkflow.api.inventory.StockMovement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pieces on hand after each movement, from left to right, as a line of steps. Drawn on {@value #WIDTH} by
 * {@value #HEIGHT}.
 *
 * @param points one each: before the first movement, and after each of them
 * @param most the height of the highest
 */
record MovementChart(List<Point> points, long most) {

    public static final int WIDTH = 600;
    public static final int HEIGHT = 120;

    /** Of movements, the latest of which is the first. */
    static MovementChart of(List<StockMovement> movements) {
        List<StockMovement> inOrder = new ArrayList<>(movements);
        Collections.reverse(inOrder);
        long most = Math.max(
                1,
                inOrder.stream()
                        .mapToLong(movement -> Math.max(movement.previous(), movement.onHand()))
                        .max()
                        .orElse(1));
        List<Point> points = new ArrayList<>();
        for (StockMovement movement : inOrder) {
            if (points.isEmpty()) {
                points.add(point(0, inOrder.size(), movement.previous(), most));
            }
            points.add(point(points.size(), inOrder.size(), movement.onHand(), most));
        }
        return new MovementChart(List.copyOf(points), most);
    }

    private static Point point(int number, int last, long onHand, long most) {
        return new Point(WIDTH * number / (last + 1), HEIGHT - (int) (HEIGHT * onHand / most), onHand);
    }

    /** A single movement makes no line. */
    public boolean isWorthDrawing() {
        return points.size() > 2;
    }

    /** The line, as SVG writes it. */
    public String line() {
        StringBuilder line = new StringBuilder();
        for (Point point : points) {
            line.append(line.isEmpty() ? "M%d,%d".formatted(point.x, point.y) : "H%dV%d".formatted(point.x, point.y));
        }
        // So long as nothing else moves, it stays so.
        return line.append("H").append(WIDTH).toString();
    }

    /** What is below the line. */
    public String area() {
        return line() + "V" + HEIGHT + "H0Z";
    }

    /** The same for whoever does not see it. */
    public String words() {
        return "Pieces on hand after each movement: "
                + points.stream().map(point -> Long.toString(point.onHand)).collect(Collectors.joining(", "));
    }

    /**
     * A point of the line.
     *
     * @param x from the left
     * @param y from above
     * @param onHand pieces on hand there
     */
    record Point(int x, int y, long onHand) {}
}
