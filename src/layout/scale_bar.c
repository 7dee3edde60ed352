/* The scale bar: round kilometres or metres, true on the ellipsoid at the latitude where it lies. Where scale
 * varies by more than 2 % over the map the bar says its latitude; above 5 % there is no honest bar. */
#include <math.h>

#include "base/str.h"
#include "geo/geodesic.h"
#include "layout/mask.h"
#include "layout/state.h"
#include "layout/type.h"
#include "base/banned.h"

#define MOST_SHARE 0.22 /* of the map's width */
#define BELOW 4.0       /* px of the style below the bar */
#define BASE                                                                                       \
    11.0 /* … from the bar up to its labels' baseline, or more where their letters need it */
#define TICK 7.0 /* … to the end of its ticks */
#define INSET 18.0
#define GAP 8.0 /* px between labels */
#define SAY 1.02
#define REFUSE 1.05

/* Metres on the ground for one px along the row through p; 0 if p is off the earth. */
static double metres_per_px(const struct pm_draft *draft, struct pm_pt p)
{
    double lon0 = 0, lat0 = 0, lon1 = 0, lat1 = 0, reach = pm_px(draft, 20);
    const struct pm_projection *projection = &draft->frame.projection;
    struct pm_metre west = pm_frame_metre(&draft->frame, (struct pm_pt){p.x - reach, p.y});
    struct pm_metre east = pm_frame_metre(&draft->frame, (struct pm_pt){p.x + reach, p.y});
    if (!pm_unproject(projection, west, &lon0, &lat0) ||
        !pm_unproject(projection, east, &lon1, &lat1))
        return 0;
    return pm_geodesic(lon0, lat0, lon1, lat1) / (2 * reach);
}

/* Largest scale factor over smallest, in any direction, at nine points of the frame; infinite if one is
 * off the earth. */
static double variation(const struct pm_draft *draft)
{
    const struct pm_projection *projection = &draft->frame.projection;
    struct pm_box m = draft->page.map;
    double least = INFINITY, most = 0, lon = 0, lat = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            struct pm_pt p = {m.x0 + pm_box_w(m) * j / 2, m.y0 + pm_box_h(m) * i / 2};
            if (!pm_unproject(projection, pm_frame_metre(&draft->frame, p), &lon, &lat))
                return INFINITY;
            struct pm_scale scale = pm_projection_scale(projection, lon, lat);
            least = fmin(least, scale.least);
            most = fmax(most, scale.most);
        }
    return most / least;
}

/* The largest 1, 2 or 5 times a power of ten that is not above `most`. */
static double round_below(double most)
{
    double power = pow(10, floor(log10(most)));
    static const double steps[] = {5, 2, 1};
    for (int i = 0; i < 3; i++)
        if (steps[i] * power <= most)
            return steps[i] * power;
    return power;
}

static bool is_free(const struct pm_draft *draft, struct pm_box box)
{
    for (size_t i = 0; i < draft->taken.n; i++)
        if (pm_box_meets(box, draft->taken.v[i]))
            return false;
    return true;
}

/* Along the bottom edge, then the top, from right to left: the first spot off all areas, else the
 * least covered. */
static struct pm_box find_spot(const struct pm_draft *draft, double w, double h)
{
    struct pm_mask mask = pm_mask_make(draft, 1);
    struct pm_box frame = pm_box_grown(draft->page.map, -pm_px(draft, INSET)), best = {0};
    double least = INFINITY, step = pm_px(draft, 20);
    for (int edge = 0; edge < 2; edge++)
        for (double x = frame.x1 - w; x >= frame.x0; x -= step) {
            struct pm_box box = pm_box_of(x, edge ? frame.y0 : frame.y1 - h, w, h);
            double cover = pm_mask_cover(&mask, pm_box_grown(box, pm_px(draft, 8)));
            if (cover < least && is_free(draft, box)) {
                least = cover;
                best = box;
            }
        }
    return best;
}

/* ---- labels ----------------------------------------------------------------------------------- */

/* A word with a number in it. */
static const char *with_number(const struct pm_draft *draft, enum pm_word word, double value)
{
    const struct pm_slot slots[] = {{"n", pm_word_number(&draft->wording, value, 1)}, {NULL, NULL}};
    return pm_words_of(draft, word, slots);
}

/* " at 34° N" */
static const char *at_latitude(const struct pm_draft *draft, double latitude)
{
    const char *degrees =
        with_number(draft, latitude < 0 ? PM_WORD_SOUTH : PM_WORD_NORTH, round(fabs(latitude)));
    const struct pm_slot slots[] = {{"lat", degrees}, {NULL, NULL}};
    return pm_sprintf(draft->arena, " %s", pm_words_of(draft, PM_WORD_SCALE_AT, slots));
}

/* `place`: what follows the unit. */
static void write_labels(const struct pm_draft *draft, double metres, const char *place,
                         const char *labels[3])
{
    bool far = metres >= 1000;
    double value = far ? metres / 1000 : metres;
    const char *length = with_number(draft, far ? PM_WORD_KILOMETRES : PM_WORD_METRES, value);
    labels[0] = pm_word_number(&draft->wording, 0, 0);
    labels[1] = pm_word_number(&draft->wording, value / 2, 1);
    labels[2] = pm_sprintf(draft->arena, "%s%s", length, place);
}

static double half_width(const struct pm_draft *draft, const char *label)
{
    return pm_type_label(draft, PM_TYPE_SCALE, label, NULL).width / 2;
}

/* Sets bar->base; returns the height of the box. */
static double measure(const struct pm_draft *draft, struct pm_scale_bar *bar)
{
    double up = pm_type_ascent(draft, PM_TYPE_SCALE), down = 0;
    for (int i = 0; i < 3; i++) {
        struct pm_run run = pm_type_label(draft, PM_TYPE_SCALE, bar->labels[i], NULL);
        struct pm_extent e = pm_text_measure(draft->fonts, &run.font, run.s, run.lang);
        up = fmax(up, -e.ink.y0);
        down = fmax(down, e.ink.y1);
    }
    bar->base = fmax(pm_px(draft, BASE), pm_px(draft, TICK) + down);
    return ceil(up + bar->base + pm_px(draft, BELOW));
}

/* Those that would touch the last one go. */
static void thin_out(const struct pm_draft *draft, struct pm_scale_bar *bar)
{
    double end = bar->length - half_width(draft, bar->labels[2]) - pm_px(draft, GAP);
    for (int i = 0; i < 2; i++)
        if (bar->length * i / 2 + half_width(draft, bar->labels[i]) > end)
            bar->labels[i] = NULL;
}

/* Why there is none. */
static void report_none(struct pm_draft *draft, const char *why)
{
    pm_note(draft->diags, "no-scale-bar", (struct pm_place){0}, "the map has no scale bar: %s",
            why);
}

static void report_variation(struct pm_draft *draft, double varies)
{
    struct pm_str percent = {0};
    if (!isfinite(varies)) {
        report_none(draft, "parts of its frame are not on the earth");
        return;
    }
    pm_str_any_num(&percent, ceil((varies - 1) * 100), 0);
    report_none(draft,
                pm_sprintf(draft->arena, "in its projection the scale varies by %s %% over the map",
                           pm_str_get(&percent)));
    pm_str_finish(&percent);
}

void pm_layout_scale_bar(struct pm_draft *draft)
{
    struct pm_scale_bar *bar = &draft->bar;
    if (!draft->style->show.scale_bar)
        return;
    double varies = variation(draft);
    if (!(varies <= REFUSE)) {
        report_variation(draft, varies);
        return;
    }
    struct pm_box m = draft->page.map;
    double middle = metres_per_px(draft, (struct pm_pt){(m.x0 + m.x1) / 2, (m.y0 + m.y1) / 2});
    double metres = round_below(MOST_SHARE * pm_box_w(m) * middle);
    if (metres < 1) {
        report_none(draft, "it shows less than some metres");
        return;
    }
    write_labels(draft, metres, varies > SAY ? at_latitude(draft, -88) : "", bar->labels);
    double room = metres / middle + 2 * half_width(draft, bar->labels[2]) + pm_px(draft, GAP);
    bar->box = find_spot(draft, room, measure(draft, bar));
    if (pm_box_empty(bar->box)) {
        report_none(draft, "there is no room for one");
        return;
    }
    struct pm_pt at = {(bar->box.x0 + bar->box.x1) / 2, bar->box.y1};
    double lon = 0, lat = 0;
    pm_unproject(&draft->frame.projection, pm_frame_metre(&draft->frame, at), &lon, &lat);
    bar->length = metres / metres_per_px(draft, at);
    if (varies > SAY)
        write_labels(draft, metres, at_latitude(draft, lat), bar->labels);
    thin_out(draft, bar);
    pm_vec_push(&draft->taken, pm_box_grown(bar->box, pm_px(draft, 4)));
}
