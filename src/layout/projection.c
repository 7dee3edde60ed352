/* The projection that users ask for, by option or in the shapes' manifest: "auto", the word of a closed
 * form, whose parameters then follow from the extent, or anything PROJ knows. */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "layout/draft.h"
#include "base/banned.h"

#define CURE "write auto, one made for this region such as EPSG:32642, or a PROJ string"

static struct pm_place place_of(const struct pm_draft *draft, const char *option)
{
    return option ? pm_place_option("projection") : pm_place_file(draft->atlas->path);
}

static void refuse_word(struct pm_draft *draft, const char *word, struct pm_place at)
{
    struct pm_str words = {0};
    for (int kind = 0; pm_projection_word((enum pm_projection_kind)kind); kind++)
        pm_str_addf(&words, ", %s", pm_projection_word((enum pm_projection_kind)kind));
    pm_error(draft->diags, PM_FAULT_INPUT, "bad-map-projection", at,
             "there is no projection \"%s\"", word);
    pm_help(draft->diags,
            "write auto%s, or what PROJ knows: EPSG:32642, +proj=robin or the text of a .prj",
            pm_str_get(&words));
    pm_str_finish(&words);
}

/* A PROJ string that says nothing of the datum means that of our data. */
static const char *with_datum(struct pm_draft *draft, const char *definition)
{
    static const char *const datums[] = {
        "+datum=", "+ellps=", "+R=", "+a=", "+towgs84=", "+nadgrids=", "+init="};
    for (size_t i = 0; i < sizeof datums / sizeof *datums; i++)
        if (*definition != '+' || strstr(definition, datums[i]))
            return definition;
    return pm_sprintf(draft->arena, "%s +datum=WGS84", definition);
}

static void open_other(struct pm_draft *draft, const char *asked, struct pm_place at)
{
    const char *definition = with_datum(draft, asked);
    draft->projection.definition = definition;
    draft->projection.proj =
        pm_reproject_new(definition, "bad-map-projection", at, CURE, draft->diags);
    if (!draft->projection.proj)
        return;
    if (pm_reproject_points_west(draft->projection.proj)) {
        pm_error(draft->diags, PM_FAULT_INPUT, "bad-map-projection", at,
                 "\"%s\" counts westward: its maps would stand on their heads",
                 pm_reproject_name(draft->projection.proj));
        pm_help(draft->diags, "write its PROJ string without +axis");
    }
    if (pm_reproject_projected(draft->projection.proj))
        return;
    pm_error(draft->diags, PM_FAULT_INPUT, "bad-map-projection", at,
             "\"%s\" is no projection: its coordinates are degrees",
             pm_reproject_name(draft->projection.proj));
    pm_help(draft->diags, "for longitude and latitude at right angles write +proj=eqc");
}

void pm_layout_projection(struct pm_draft *draft, const char *option)
{
    const char *asked = option ? option : draft->atlas->projection;
    struct pm_place at = place_of(draft, option);
    draft->projection_at = at;
    if (!asked || pm_streq(asked, "auto"))
        return;
    draft->projection.kind = pm_projection_kind_of(asked);
    draft->projection.asked = true;
    if (draft->projection.kind != PM_PROJECTION_OTHER)
        return;
    if (strpbrk(asked, PM_PROJECTION_SIGNS))
        open_other(draft, asked, at);
    else
        refuse_word(draft, asked, at);
}

/* ---- what a projection by PROJ may do to the region -------------------------------------------- */

#define STEP 2.0       /* degrees */
#define WIDE_STEP 0.02 /* of the frame: such a step may be a tear … */
#define HALVINGS 20    /* … if it is as wide when its ends are a few metres apart */

struct spot {
    double lon, lat;
};

static double distance(const struct pm_projection *p, struct spot a, struct spot b)
{
    struct pm_metre m = pm_project(p, a.lon, a.lat), n = pm_project(p, b.lon, b.lat);
    return hypot(m.x - n.x, m.y - n.y);
}

/* Of what is continuous, one half of a wide step is at least less wide than all of it. What has no place
 * is no tear: of the data, nothing is there. */
static bool is_torn(const struct pm_projection *p, struct spot a, struct spot b, double wide)
{
    for (int i = 0; i < HALVINGS; i++) {
        struct spot m = {(a.lon + b.lon) / 2, (a.lat + b.lat) / 2};
        double before = distance(p, a, m), after = distance(p, m, b);
        if (!isfinite(before + after) || (before <= wide && after <= wide))
            return false;
        *(before > after ? &b : &a) = m;
    }
    return true;
}

/* Interrupted and oblique projections have gaps elsewhere than along the far meridian, where layers are
 * cut: what lies across one would be drawn as a band. */
static bool find_tear(const struct pm_draft *draft, struct spot *at)
{
    const struct pm_projection *p = &draft->frame.projection;
    const struct pm_region *r = &draft->base->region;
    double wide = WIDE_STEP * pm_box_w(draft->page.map) / draft->frame.scale;
    for (double turned = -179; turned + STEP < 180; turned += STEP)
        for (double lat = r->south; lat <= r->north; lat += STEP) {
            struct spot here = {p->lon0 + turned, lat};
            struct spot east = {here.lon + STEP, lat}, north = {here.lon, fmin(lat + STEP, 90)};
            double inside = fmod(here.lon - r->west + 720, 360);
            if (inside > r->east - r->west)
                continue;
            *at = here;
            if (is_torn(p, here, east, wide) || is_torn(p, here, north, wide))
                return true;
        }
    return false;
}

/* One degree about the middle of what is shown, there and back, and whether east is to the right of
 * north. */
static const char *fault_at(const struct pm_projection *p, double lon, double lat)
{
    double back_lon = 0, back_lat = 0;
    struct pm_metre m = pm_project(p, lon, lat);
    if (!pm_unproject(p, m, &back_lon, &back_lat) || fabs(back_lat - lat) > 1e-4 ||
        fabs(remainder(back_lon - lon, 360)) > 1e-3)
        return "leads to no place on earth and back";
    struct pm_metre e = pm_project(p, lon + 0.01, lat), n = pm_project(p, lon, lat + 0.01);
    double turn = (e.x - m.x) * (n.y - m.y) - (e.y - m.y) * (n.x - m.x);
    return turn > 0 ? NULL : "shows the region mirrored";
}

bool pm_layout_check_projection(struct pm_draft *draft)
{
    const struct pm_projection *p = &draft->frame.projection;
    const struct pm_region *region = &draft->base->region;
    double lon = (region->west + region->east) / 2, lat = (region->south + region->north) / 2;
    const char *fault = p->kind == PM_PROJECTION_OTHER ? fault_at(p, lon, lat) : NULL;
    struct spot tear = {0};
    if (draft->base->lost)
        pm_error(draft->diags, PM_FAULT_INPUT, "bad-map-projection", draft->projection_at,
                 "%zu of the points to be shown have no place in \"%s\"", draft->base->lost,
                 pm_projection_name(p));
    else if (fault)
        pm_error(draft->diags, PM_FAULT_INPUT, "bad-map-projection", draft->projection_at,
                 "\"%s\" %s", pm_projection_name(p), fault);
    else if (p->kind == PM_PROJECTION_OTHER && find_tear(draft, &tear)) {
        fault = "tears the region apart";
        pm_error(draft->diags, PM_FAULT_INPUT, "bad-map-projection", draft->projection_at,
                 "\"%s\" %s, for one near %d, %d (latitude, longitude)", pm_projection_name(p),
                 fault, (int)lround(tear.lat), (int)lround(remainder(tear.lon, 360)));
    }
    bool ok = !draft->base->lost && !fault;
    if (!ok)
        pm_help(draft->diags, CURE);
    return ok;
}
