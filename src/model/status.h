/* The status file as data: who holds what, since when, according to whom. Plain data; read-only
 * after loading and shared by threads. One arena owns everything, the text of the file included,
 * so that later stages (the join) can still point into it.
 *
 * Nothing is resolved against an atlas here: keys are as written. */
#ifndef PM_MODEL_STATUS_H
#define PM_MODEL_STATUS_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/source.h"
#include "model/color.h"
#include "model/date.h"
#include "model/text.h"

enum pm_basis { PM_BASIS_NONE, PM_BASIS_ASSESSED, PM_BASIS_REPORTED, PM_BASIS_CLAIMED };
enum pm_confidence {
    PM_CONFIDENCE_NONE,
    PM_CONFIDENCE_LOW,
    PM_CONFIDENCE_MEDIUM,
    PM_CONFIDENCE_HIGH
};
enum pm_stance { PM_STANCE_CLAIMS, PM_STANCE_CONFIRMS, PM_STANCE_DENIES };
enum pm_event_kind {
    PM_EVENT_STRIKES,
    PM_EVENT_CLASH,
    PM_EVENT_CAPTURE,
    PM_EVENT_EXPLOSION,
    PM_EVENT_OTHER,
    PM_EVENT_KINDS
};
enum pm_precision { PM_PRECISION_EXACT, PM_PRECISION_DISTRICT, PM_PRECISION_PROVINCE };

/* Where a value of the status file stands: offsets of its key and of the value itself in the text;
 * for an element of a list both are its own. input/positions.h makes places of them. */
struct pm_at {
    uint32_t key, value;
};

struct pm_source_ref {
    const char *id; /* "s1" */
    struct pm_text title;
    const char *publisher; /* or NULL */
    pm_date published;
    const char *url; /* or NULL */
    struct pm_at at;
};

struct pm_party {
    const char *id;
    struct pm_text name;
    const char *side; /* a status id, or NULL */
    struct pm_at at, side_at;
};

/* A status declared or changed by the status file; what is unset comes from the style. */
struct pm_status_decl {
    const char *id;
    struct pm_text label;
    bool has_color;
    pm_color color;
    const char *side; /* or NULL */
    struct pm_at at, color_at;
};

/* Where a label stands, seen from its mark or from the middle of its area; in the order readers prefer. */
enum pm_side {
    PM_SIDE_TOP,
    PM_SIDE_BOTTOM,
    PM_SIDE_RIGHT,
    PM_SIDE_TOP_RIGHT,
    PM_SIDE_BOTTOM_RIGHT,
    PM_SIDE_LEFT,
    PM_SIDE_TOP_LEFT,
    PM_SIDE_BOTTOM_LEFT,
    PM_SIDE_CENTER,
    PM_SIDES
};

/* How the file wants a label to be, instead of what the map would choose. */
struct pm_label_wish {
    bool hide;
    struct pm_text text; /* instead of the name; mostly empty */
    bool fixed;          /* it stands on this side, and so far to the right and down from there */
    enum pm_side side;   /* PM_SIDES: not said */
    double dx, dy;       /* px of the style */
    struct pm_at at;
};

/* Who presses a place, and from where. */
struct pm_pressure {
    const char *by; /* id of a party or of a status; never NULL */
    struct pm_at by_at;
    bool around;        /* from all sides: a siege */
    const double *from; /* else bearings: degrees clockwise from north, 0..360 */
    size_t count;
};

/* What is said of an area or place from a date on. */
struct pm_record {
    pm_date from;        /* PM_NO_DATE: always */
    const char *status;  /* a status id; never NULL */
    const char *leaning; /* a status id, or NULL */
    const char *party;   /* id of who holds it, or NULL */
    enum pm_basis basis;
    enum pm_confidence confidence;
    pm_date last_verified;
    const size_t *sources; /* indices into pm_status.sources */
    size_t source_count;
    struct pm_text note;
    const struct pm_label_wish *label;  /* or NULL */
    const struct pm_pressure *pressure; /* on a place; or NULL */
    struct pm_at at, status_at, leaning_at;
};

/* An area or place with its history. */
struct pm_subject {
    const char *key; /* as written: code, name, or path "Faryab/Kohistan" */
    const char *in;  /* of a place: the area's key; or NULL */
    struct pm_at in_at;
    bool has_position;         /* of a place with lon and lat of its own */
    double lon, lat;           /* degrees */
    struct pm_text name;       /* shown instead of the atlas's name; mostly empty */
    struct pm_record *records; /* ascending by `from`, at least one */
    size_t record_count;
    struct pm_at at; /* its key */
};

struct pm_claim {
    const char *by;           /* party id, or NULL */
    struct pm_text by_detail; /* "Afghan military"; may be empty */
    enum pm_stance stance;
    struct pm_text text;
    const size_t *sources;
    size_t source_count;
    struct pm_at at;
};

struct pm_event {
    const char *id; /* or NULL */
    enum pm_event_kind kind;
    const char *area;  /* key, or NULL */
    const char *place; /* key, or NULL */
    struct pm_at area_at, place_at;
    bool has_position;
    double lon, lat;
    enum pm_precision precision;
    pm_date date;
    struct pm_text text;
    struct pm_text verification; /* what is known of it independently; may be empty */
    const struct pm_claim *claims;
    size_t claim_count;
    const size_t *sources;
    size_t source_count;
    struct pm_at at;
};

/* A part of the map that is drawn larger in a corner. */
struct pm_inset {
    const char *area; /* key of an area or a parent */
    double scale;     /* times as large as on the map; 0: as it fits */
    struct pm_at at, area_at;
};

struct pm_alias {
    const char *alias, *name; /* "Helmend" -> "Helmand" */
    struct pm_at at;
};

/* Aliases in a file of their own. */
struct pm_aliases {
    struct pm_arena arena;
    struct pm_source *source;
    struct pm_alias *aliases;
    size_t alias_count;
};

struct pm_status {
    struct pm_arena arena;
    struct pm_source *source; /* the whole file */
    struct pm_text title, subtitle, disclaimer, notes;
    pm_date as_of;                /* always given */
    const char *shapes, *style;   /* resolved against the file's folder; NULL if not named */
    int stale_after_days;         /* 0: never stale */
    const char *credit, *license; /* or NULL */
    struct pm_inset *insets;
    size_t inset_count;
    struct pm_status_decl *statuses;
    size_t status_count;
    struct pm_party *parties;
    size_t party_count;
    struct pm_index party_ids; /* id -> its number in `parties` */
    struct pm_source_ref *sources;
    size_t source_count;
    struct pm_alias *aliases;
    size_t alias_count;
    struct pm_subject *areas;
    size_t area_count;
    struct pm_subject *places;
    size_t place_count;
    struct pm_event *events;
    size_t event_count;
};

/* The record that counts on `date`: the latest with from <= date; NULL if there is none yet. */
const struct pm_record *pm_record_at(const struct pm_subject *subject, pm_date date);
/* As files name them, by enum; closed by NULL. */
extern const char *const pm_stance_names[], *const pm_precision_names[];
/* "strikes" */
const char *pm_event_kind_name(enum pm_event_kind kind);
const struct pm_party *pm_find_party(const struct pm_status *status, const char *id);

#endif
