/* The draft: a map on its way from inputs to scene. Each stage of the layout reads what earlier
 * stages decided and adds its own part; the stages and their order stand in map.c.
 *
 * Lengths are px of the output on the page, y down, unless said otherwise. Everything lies in the
 * map's arena. */
#ifndef PM_LAYOUT_DRAFT_H
#define PM_LAYOUT_DRAFT_H

#include "base/diag.h"
#include "input/join.h"
#include "layout/basemap.h"
#include "layout/footprint.h"
#include "model/status.h"
#include "model/style.h"
#include "model/words.h"
#include "scene/scene.h"
#include "text/text.h"

/* What holds for an area or place on the map's date. */
struct pm_state {
    const struct pm_subject *subject;  /* NULL: the status file does not name it */
    const struct pm_record *record;    /* NULL: nothing is said of it yet */
    const struct pm_status_look *look; /* never NULL: "unknown" without a record */
    bool doubtful;                     /* claimed, or of low confidence */
    bool stale;                        /* last verified too long ago */
    bool muted;                        /* outside the focus */
    /* On a map of changes what it was before, and whether that differs (changes.h); else NULL. */
    const struct pm_state *before;
    bool changed;
    bool faded; /* on a map of changes: it stayed as it was */
};

/* An area on the page. */
struct pm_area_draft {
    const struct pm_feature *feature;
    struct pm_state state;
    struct pm_page_rings rings; /* clipped to the frame with a margin; none when out of sight */
    size_t parent;              /* that it lies in, or PM_NONE */
};

/* What several areas lie in: the province of districts, the state of counties. */
struct pm_parent_draft {
    const char *name;
    size_t area_count, first_area;
    bool muted;                 /* all its areas are outside the focus */
    struct pm_page_rings rings; /* of all its areas as one, clipped as theirs */
};

/* A place that is shown. */
struct pm_place_draft {
    const struct pm_feature *feature; /* NULL: a place that only the status file knows */
    const char *name;
    const char *lang;  /* of the name */
    const char *label; /* the name, or in two languages both */
    struct pm_state state;
    double lon, lat; /* degrees */
    struct pm_pt at;
    double radius; /* of its mark, with the arcs of who presses it */
    double north;  /* where north is on the page there: radians clockwise from up */
    int rank;      /* 1 national capital, 2 capital of an area, 3, 4 towns */
    bool unseen;   /* outside the frame: it is counted, but not shown */
    size_t area;   /* that it lies in, or PM_NONE */
};

struct pm_map_options;

/* An event until the map's date. */
struct pm_event_draft {
    const struct pm_event *event;
    int number;   /* from 1 */
    bool visible; /* its mark is drawn */
    bool crowded; /* it is not, for want of room */
    struct pm_pt at;
    const struct pm_place_draft *town; /* that its mark stands beside, or NULL */
    bool tied;                         /* by a leader to the spot where it was */
    struct pm_pt spot;     /* the end of that: the spot, or the rim of the town's mark */
    struct pm_box callout; /* empty: told in the notes */
    struct pm_pt leader;   /* where its leader meets the callout */
};

enum pm_label_kind {
    PM_LABEL_PLACE,
    PM_LABEL_PARENT,
    PM_LABEL_AREA,
    PM_LABEL_NEIGHBOUR,
    PM_LABEL_LAKE,
    PM_LABEL_RIVER,
    PM_LABEL_ROAD
};

/* A label that found its place: one or more lines. */
struct pm_label_draft {
    const char *name;
    enum pm_label_kind kind;
    size_t index; /* of its place, area or parent, or of the feature of its layer */
    struct pm_run *lines;
    size_t line_count;
    struct pm_footprint ground;
    double cost; /* by which it was chosen: see label_places.c, label_areas.c, label_lines.c */
    bool has_leader;
    struct pm_pt leader_from, leader_to;
    int number; /* in the key, where its name stands; 0: the label is the name */
};

/* On the page of a series: where its maps lie. */
struct pm_map_grid {
    size_t columns, rows;
    double w, h;         /* px of a map's frame */
    double caption, gap; /* px above each frame, and between maps */
};

/* Where the blocks of the page lie. */
struct pm_page {
    double scale; /* multiplies all lengths of the style */
    struct pm_box title, subtitle, map, panel, footer;
    size_t columns;                                      /* of the panel */
    const struct pm_block *title_block, *subtitle_block; /* layout/type.h; as they fit */
    double title_size;                                   /* px, after shrinking */
    struct pm_map_grid grid;
};

/* How many areas or places show a look, solid and doubtful. */
struct pm_tally {
    size_t solid, doubtful;
};

enum pm_share_kind { PM_SHARE_NONE, PM_SHARE_AREA, PM_SHARE_POPULATION };

/* What the areas of each look have together. By look twice: solid, doubtful. */
struct pm_shares {
    enum pm_share_kind of;
    const double *values; /* m², or people */
    int *percents;        /* all together 100 */
};

/* The scale bar: empty box for none. */
struct pm_scale_bar {
    struct pm_box box;
    double base;           /* px of the labels' baseline above the bar */
    double length;         /* px */
    const char *labels[3]; /* at its start, middle and end; NULL where there is no room for one */
};

/* The north arrow: empty box for none. */
struct pm_north {
    struct pm_box box;
    struct pm_pt at; /* its middle */
    double angle;    /* clockwise from straight up, degrees: where north is there */
};

/* How many degrees of what line a label of the graticule says. */
struct pm_degree_label {
    const char *s;
    struct pm_pt at; /* middle of its baseline */
};

struct pm_draft {
    /* inputs */
    const struct pm_atlas *atlas;
    const struct pm_style *style;
    const struct pm_status *status;
    struct pm_fonts *fonts;
    const char *family; /* the style's families, those of single scripts last */
    struct pm_arena *arena;
    struct pm_diags *diags;
    int width, height;          /* px */
    double width_mm, height_mm; /* on paper, where the page was asked for so; or 0 */
    double dpi;
    double density;   /* px to what sizes of type and limits are given in: 1, but for pages in mm */
    pm_date asked;    /* the day that was asked for */
    pm_date date;     /* the same, or the last of which the file knows */
    const char *lang; /* of names and words */
    const char *second; /* names are also given in this one; or NULL */
    struct pm_wording wording;
    bool rtl; /* the words are written from the right: so is the page, but for the map */
    struct pm_stages stages;
    struct pm_progress progress;
    const size_t *focus; /* areas that fill the frame */
    size_t focus_count;
    const bool *outside; /* by area: it need not be in the frame; NULL: those outside the focus */
    const struct pm_draft *whole; /* of an inset: the map that it is a part of */
    struct pm_draft
        *before; /* of a map of changes: what held then, only begun (begin.c); or NULL */
    struct pm_series *series; /* of a page with maps of several days (layout/series.h); or NULL */
    bool of_series;           /* one of these: `before` is the map before it, or NULL */
    bool of_animation;        /* … which follow one another in one place … */
    const struct pm_draft *sheet; /* … of this page */
    struct pm_join join;

    /* projection.c */
    struct pm_projection_wish projection;
    struct pm_place projection_at; /* who asked, for messages */

    /* state.c */
    struct pm_status_look *looks; /* of style and status file */
    size_t look_count;
    struct pm_area_draft *areas; /* by feature of the areas layer */
    size_t area_count;
    struct pm_parent_draft *parents; /* none on a map of one level */
    size_t parent_count;
    size_t assessed; /* areas with a known status */
    struct pm_tally *area_tally,
        *place_tally;        /* by look; of places those that the status file names */
    struct pm_shares shares; /* of the areas */

    /* page.c */
    struct pm_page page;

    /* map.c: all of the above and nothing of what follows. Insets begin with it. */
    const struct pm_draft *bare;

    /* geometry.c */
    const struct pm_basemap *base; /* shared with other maps; map.c gives it back */
    struct pm_frame frame;         /* the base's, with this map's own PROJ */

    /* places.c, displacement.c, events.c, labels.c, scale_bar.c, north.c, graticule.c */
    struct pm_place_draft *places;
    size_t place_count;
    size_t place_all; /* with those behind them that are counted, but not shown */
    struct pm_event_draft *events;
    size_t event_count;
    struct pm_label_draft *labels;
    size_t label_count;
    struct pm_label_draft **key; /* the labels with numbers, ascending */
    size_t key_count;
    struct pm_scale_bar bar;
    struct pm_north north;
    struct pm_degree_label *degrees; /* of the graticule */
    size_t degree_count;
    struct pm_inset_draft *insets; /* layout/insets.h */
    size_t inset_count;
    /* Boxes no label may touch, those of the places first; freed when the labels are placed. */
    PM_VEC(struct pm_box) taken;
};

#define PM_GUTTER 32.0    /* px of the style between columns of the panel */
#define PM_FOOTER_GAP 8.0 /* px of the style above the credit line, and below it */
#define PM_FOOTER_BELOW 14.0
#define PM_SMALL_PAGE 800 /* px; below this wide, events are told in the notes */

/* px of a length of the style. */
static inline double pm_px(const struct pm_draft *draft, double length)
{
    return length * draft->page.scale;
}

/* Events are told in the notes. */
static inline bool pm_small_page(const struct pm_draft *draft)
{
    return draft->width < PM_SMALL_PAGE * draft->density;
}

/* Does the page have notes? They tell events and explain numbers. */
static inline bool pm_has_notes(const struct pm_draft *draft)
{
    return draft->style->show.notes && !pm_box_empty(draft->page.panel);
}

/* On a page read from the right, where a box lies that was laid out in `outer` from the left. */
static inline struct pm_box pm_mirrored(const struct pm_draft *draft, struct pm_box outer,
                                        struct pm_box box)
{
    double both = outer.x0 + outer.x1;
    return draft->rtl ? (struct pm_box){both - box.x1, box.y0, both - box.x0, box.y1} : box;
}

/* The area that holds a point of the page, or PM_NONE (places.c). */
size_t pm_area_at(const struct pm_draft *draft, struct pm_pt p);
/* Does the context reach beyond the frame on all sides, or the earth have all its land? Else what lies
 * outside is not known to be water, and drawn as land (geometry.c). */
bool pm_has_all_land(const struct pm_draft *draft);
/* Is land of neighbours, or what is drawn so, in the frame (geometry.c)? */
bool pm_shows_land(const struct pm_draft *draft);

/* ---- stages, in the order in which they run -------------------------------------------- */

/* Warns of entries without a date, which are of no use on an earlier one: "undated". */
void pm_tell_undated(const struct pm_draft *draft);
/* Warns of a date before all entries: "nothing-known". */
void pm_tell_too_early(const struct pm_draft *draft);
/* Refuses a first day that is later than the second, or the same unless that may be, or later than what its file
 * knows: "bad-date". `option`: which said it (literal), or NULL. */
void pm_check_order(const struct pm_draft *before, const struct pm_draft *now, bool same_day,
                    const char *option);
/* Date, languages, the join, and pm_layout_states. Of the draft there are atlas, style, status, arena and
 * diags (begin.c). */
void pm_layout_begin(struct pm_draft *draft, const struct pm_map_options *options);
/* Looks, states of all areas, tallies. Errors: "unknown-status". */
void pm_layout_states(struct pm_draft *draft);
/* Shares of the looks, where the style wants them and the data have them (shares.c). */
void pm_layout_shares(struct pm_draft *draft);
/* Numbers the parents of the areas. */
void pm_layout_parents(struct pm_draft *draft);
/* What projection is asked for. Errors: "bad-map-projection". */
void pm_layout_projection(struct pm_draft *draft, const char *option);
/* False, and an error, if points of the basemap were lost, or if a projection of PROJ's can't be looked up
 * backwards, mirrors the region or tears it apart. */
bool pm_layout_check_projection(struct pm_draft *draft);
/* What the map is called, shown or not; and its date, or days, and how much was assessed. */
const char *pm_title_of(const struct pm_draft *draft);
const char *pm_subtitle_of(const struct pm_draft *draft);
/* Header, map frame, panel and footer: of the forms that a page may have, the one that shows the region
 * largest with all texts beside it. */
void pm_layout_page(struct pm_draft *draft);
/* Projection, frame, shared borders, and all lines and polygons on the page. */
void pm_layout_geometry(struct pm_draft *draft);
/* Which places are shown, and where. */
void pm_layout_places(struct pm_draft *draft);

/* A position that a status file gives, and the area in which it says that it lies. */
struct pm_position {
    struct pm_place at;               /* for messages */
    const char *what;                 /* "Lashkar Gah" in quotes, or an event */
    double lon, lat;                  /* degrees */
    size_t area;                      /* or PM_NONE */
    const char *area_key, *area_name; /* what the file calls it, and the key it stands under */
};
/* An error if it does not lie in the area, a warning if it is in none: most likely a slip. */
void pm_check_position(struct pm_draft *draft, const struct pm_position *position);

void pm_layout_scale_bar(struct pm_draft *draft);
/* Where north is not up: an arrow beside the scale bar. */
void pm_layout_north(struct pm_draft *draft);
/* Degrees along the map's frame. */
void pm_layout_graticule(struct pm_draft *draft);
/* Insets that the status file asks for, and the locator. */
void pm_layout_insets(struct pm_draft *draft);
void pm_layout_locator(struct pm_draft *draft); /* which is one of them */
/* Marks of events. */
void pm_layout_event_marks(struct pm_draft *draft);
/* Their callouts. What finds no room is reported by number. */
void pm_layout_events(struct pm_draft *draft);
/* Names of areas, places, neighbours and waters; and an inset, if many of them find no room without. What
 * finds no place is reported by name. */
void pm_layout_labels(struct pm_draft *draft);

/* Warns of areas that changed, but are drawn too small to be seen: "change-unseen". */
void pm_tell_unseen(const struct pm_draft *draft);

/* Warns of statuses that look alike, and of borders and texts that do not stand out ("contrast"). */
void pm_check_contrast(struct pm_draft *draft);

/* Warns that a text did not fit: "title" ("text-cut"). */
void pm_text_cut(const struct pm_draft *draft, const char *what);
/* The credit line, for a projection of this name. */
const char *pm_credit(const struct pm_draft *draft, const char *projection);
/* What a projection is called on the map. */
const char *pm_projection_said(const struct pm_draft *draft,
                               const struct pm_projection *projection);
/* The longest such name of a closed form, to keep room for one. */
const char *pm_projection_said_longest(const struct pm_draft *draft);

/* Warns of names and texts that are not there in the map's language. */
void pm_check_names(struct pm_draft *draft);

/* ---- drawing: draft -> scene ------------------------------------------------------------ */

void pm_compose_ground(const struct pm_draft *draft,
                       struct pm_scene *scene); /* land, areas, lines */
void pm_compose_graticule(const struct pm_draft *draft, struct pm_scene *scene); /* its lines */
void pm_compose_degrees(const struct pm_draft *draft, struct pm_scene *scene);
void pm_compose_north(const struct pm_draft *draft, struct pm_scene *scene);
void pm_compose_marks(const struct pm_draft *draft,
                      struct pm_scene *scene); /* labels, places, events */
void pm_compose_inset_outlines(const struct pm_draft *draft, struct pm_scene *scene);
void pm_compose_insets(const struct pm_draft *draft, struct pm_scene *scene);
void pm_compose_header(const struct pm_draft *draft, struct pm_scene *scene);
void pm_compose_furniture(const struct pm_draft *draft,
                          struct pm_scene *scene); /* of the map: scale bar, north, frame */
void pm_compose_panel(const struct pm_draft *draft, struct pm_scene *scene);
void pm_compose_footer(const struct pm_draft *draft, struct pm_scene *scene);
/* The map in words, as an alternative to the picture: what it is, of when, who holds what, what happened.
 * The title's line, then that of the sentences. */
const char *pm_alt_text(const struct pm_draft *draft);
/* Title, description as sentences, sources and rights. */
void pm_compose_metadata(const struct pm_draft *draft, struct pm_scene *scene);

#endif
