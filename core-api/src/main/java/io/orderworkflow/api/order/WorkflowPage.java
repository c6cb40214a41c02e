package io.orderworkflow.api.order;

import io.orderworkflow.api.Page;
import java.util.List;

/**
 * A page of open workflows.
 *
 * @param items the workflows
 * @param page where the page stands
 */
public record WorkflowPage(List<Workflow> items, Page page) {

    /** Creates the page. */
    public WorkflowPage {
        items = List.copyOf(items);
    }
}
