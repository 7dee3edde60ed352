/* What tests of maps over time share: the history of August 2021, and what a map of it is made with. */
#ifndef AUGUST_H
#define AUGUST_H

#include "input_test.h"
#include "provmap.h"

struct inputs {
    struct pm_atlas *atlas;
    struct pm_status *status;
    struct pm_style *style;
    struct pm_engine *engine;
};

static inline struct inputs open_inputs(struct box *box)
{
    struct inputs in = {
        .atlas = pm_atlas_load("afghanistan", NULL, box->diags),
        .status = pm_status_load(PM_TEST_DIR "/examples/afghanistan-2021-08.json", box->diags),
        .style = pm_style_load("default", box->diags),
        .engine = pm_engine_new(NULL, box->diags),
    };
    assert_string_equal(box_said(box), "");
    return in;
}

static inline void close_inputs(struct inputs *in)
{
    pm_engine_free(in->engine);
    pm_style_free(in->style);
    pm_status_free(in->status);
    pm_atlas_free(in->atlas);
}

#endif
