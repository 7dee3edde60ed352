#include "cli/timings.h"

#include "base/str.h"
#include "cli/clock.h"
#include "base/banned.h"

void timings_begin(struct timings *timings)
{
    timings->begin = timings->last = clock_ms();
}

void timings_done(void *user, const char *stage)
{
    struct timings *timings = user;
    if (!timings)
        return;
    double before = timings->last;
    timings->last = clock_ms();
    pm_vec_push(&timings->done, (struct timing){stage, timings->last - before});
}

static void add_row(struct pm_str *out, const char *stage, double ms)
{
    long hundredths = (long)(ms * 100 + 0.5);
    pm_str_addf(out, "%-9s %7ld.%02ld ms\n", stage, hundredths / 100, hundredths % 100);
}

static void add_json(struct pm_str *out, const struct timings *timings, double total)
{
    pm_str_add(out, "{\"timings\":[");
    for (size_t i = 0; i < timings->done.n; i++) {
        pm_str_addf(out, "%s{\"stage\":\"%s\",\"ms\":", i ? "," : "", timings->done.v[i].stage);
        pm_str_num(out, timings->done.v[i].ms, 3);
        pm_str_addc(out, '}');
    }
    pm_str_add(out, "],\"ms\":");
    pm_str_num(out, total, 3);
    pm_str_add(out, "}\n");
}

void timings_print(const struct timings *timings, enum diagnostics_form form)
{
    struct pm_str out = {0};
    double total = clock_ms() - timings->begin;
    if (form == FORM_JSON) {
        add_json(&out, timings, total);
    } else {
        for (size_t i = 0; i < timings->done.n; i++)
            add_row(&out, timings->done.v[i].stage, timings->done.v[i].ms);
        add_row(&out, "total", total);
    }
    fputs(pm_str_get(&out), stderr);
    pm_str_finish(&out);
}

void timings_finish(struct timings *timings)
{
    pm_vec_finish(&timings->done);
}
