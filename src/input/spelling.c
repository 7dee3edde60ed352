/* Romanised names differ where a script leaves a choice: vowels that it does not write, k or q,
 * gh or g, a doubled letter, an article that is assimilated. So a name is first reduced to a row
 * of sounds, by a table of digraphs and by romanising Cyrillic and Arabic letters; ties between
 * words (the Persian ezafe, Arabic articles) are left out. Two rows are then compared by an edit
 * distance in which sounds of one group change cheaply and weak sounds go cheaply: Editex, from
 * J. Zobel and P. Dart, "Phonetic string matching" (SIGIR 1996), with the swap of neighbours of
 * F. Damerau (1964), as slips of the hand happen too. Distances are relative to what both names
 * weigh. Words may also stand in another order or lack in one name ("Maidan Wardak", "Wardak"):
 * then the cheapest pairing of words counts.
 *
 * Most pairs are refused without that: each consonant of one name that has no relative in the
 * other costs a full letter at least (a bag distance: I. Bartolini, P. Ciaccia, M. Patella,
 * "String matching with metric trees using an approximate distance", SPIRE 2002). */
#include "input/spelling.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"
#include "base/banned.h"

/* ---- sounds ------------------------------------------------------------------------- */

/* Costs: of leaving a sound out, by its kind; of taking it for a relative; of a word left over. */
enum { LETTER = 6, VOWEL = 2, NEAR_VOWEL = 1, GLIDE = 2, BREATH = 1, DIGIT = 3 };
enum { RELATED = 2, REMOTE = 3, LEFT_OVER = 8 };

/* Capitals are sounds of two letters: X kh, G gh, S sh, C ch, Z zh, T th, D dh; and c is ts. What
 * it costs to take one sound of a group for another, the cheapest first. Burmese r is read y, and
 * th is s; Egyptian j is g. */
static const struct {
    const char *sounds;
    int cost;
} groups[] = {
    {"ei", NEAR_VOWEL}, {"ou", NEAR_VOWEL}, {"oa", NEAR_VOWEL}, {"ea", NEAR_VOWEL},
    {"aeiou", VOWEL},   {"uow", RELATED},   {"vw", RELATED},    {"kX", RELATED},
    {"gGh", RELATED},   {"hX", RELATED},    {"tT", RELATED},    {"dD", RELATED},
    {"Dz", RELATED},    {"Ts", RELATED},    {"scz", RELATED},   {"cC", RELATED},
    {"sS", RELATED},    {"zZ", RELATED},    {"Zj", RELATED},    {"jz", RELATED},
    {"ij", RELATED},    {"vbfp", REMOTE},   {"kg", REMOTE},     {"GX", REMOTE},
    {"td", REMOTE},     {"Tf", REMOTE},     {"SC", REMOTE},     {"jC", REMOTE},
    {"jg", REMOTE},     {"lr", REMOTE},     {"mn", REMOTE},     {"ri", REMOTE},
};
enum { GROUPS = sizeof groups / sizeof *groups };
_Static_assert(GROUPS <= 32, "a group is a bit of pm_sound.groups");

static int gap_of(uint32_t code)
{
    if (strchr("aeiou", (int)code))
        return VOWEL;
    if (code >= '0' && code <= '9') /* a footnote's, or all that tells two names apart */
        return DIGIT;
    return code == 'w' ? GLIDE : code == 'h' ? BREATH : LETTER;
}

void pm_sound_table_init(struct pm_sound_table *table)
{
    *table = (struct pm_sound_table){0};
    for (uint32_t code = 1; code < 128; code++)
        table->sounds[code] = (struct pm_sound){.code = code, .gap = gap_of(code)};
    for (int i = 0; i < GROUPS; i++)
        for (const char *p = groups[i].sounds; *p; p++)
            table->sounds[(unsigned char)*p].groups |= (uint32_t)1 << i;
}

static int change(const struct pm_sound *a, const struct pm_sound *b)
{
    uint32_t shared = a->groups & b->groups;
    if (a->code == b->code)
        return 0;
    for (int i = 0; shared; i++, shared >>= 1)
        if (shared & 1)
            return groups[i].cost;
    return LETTER;
}

/* ---- from letters to sounds --------------------------------------------------------- */

/* Latin letters in front -> sounds, and how many letters that takes. First hit wins; a letter that
 * begins no row is its own sound. */
static const struct {
    const char *letters, *sounds;
    size_t taken;
} digraphs[] = {
    {"shch", "S", 4}, {"tsch", "C", 4}, {"sch", "S", 3}, {"dzh", "j", 3}, {"kh", "X", 2},
    {"gh", "G", 2},   {"sh", "S", 2},   {"ch", "C", 2},  {"zh", "Z", 2},  {"ts", "c", 2},
    {"tz", "c", 2},   {"dz", "z", 2},   {"th", "T", 2},  {"dh", "D", 2},  {"ph", "f", 2},
    {"cz", "C", 2},   {"sz", "S", 2},   {"ou", "u", 2},  {"oo", "u", 2},  {"ee", "i", 2},
    {"ca", "k", 1},   {"co", "k", 1},   {"cu", "k", 1},  {"cl", "k", 1},  {"cr", "k", 1},
    {"q", "k", 1},    {"x", "ks", 1},   {"y", "i", 1},
};

/* Letters of other scripts, as folding leaves them, in the order of their code points. */
static const struct {
    uint32_t code;
    const char *sounds;
} letters[] = {
    {0x0430, "a"},  {0x0431, "b"},  {0x0432, "v"}, {0x0433, "g"}, {0x0434, "d"}, {0x0435, "e"},
    {0x0436, "Z"},  {0x0437, "z"},  {0x0438, "i"}, {0x043A, "k"}, {0x043B, "l"}, {0x043C, "m"},
    {0x043D, "n"},  {0x043E, "o"},  {0x043F, "p"}, {0x0440, "r"}, {0x0441, "s"}, {0x0442, "t"},
    {0x0443, "u"},  {0x0444, "f"},  {0x0445, "X"}, {0x0446, "c"}, {0x0447, "C"}, {0x0448, "S"},
    {0x0449, "S"},  {0x044A, ""},   {0x044B, "i"}, {0x044C, ""},  {0x044D, "e"}, {0x044E, "iu"},
    {0x044F, "ia"}, {0x0454, "ie"}, {0x0456, "i"}, {0x0458, "i"}, {0x0491, "g"}, {0x0621, ""},
    {0x0627, "a"},  {0x0628, "b"},  {0x062A, "t"}, {0x062B, "T"}, {0x062C, "j"}, {0x062D, "h"},
    {0x062E, "X"},  {0x062F, "d"},  {0x0630, "D"}, {0x0631, "r"}, {0x0632, "z"}, {0x0633, "s"},
    {0x0634, "S"},  {0x0635, "s"},  {0x0636, "D"}, {0x0637, "t"}, {0x0638, "D"}, {0x0639, ""},
    {0x063A, "G"},  {0x0641, "f"},  {0x0642, "k"}, {0x0644, "l"}, {0x0645, "m"}, {0x0646, "n"},
    {0x0647, "h"},  {0x0648, "w"},  {0x067C, "t"}, {0x067E, "p"}, {0x0681, "z"}, {0x0685, "c"},
    {0x0686, "C"},  {0x0689, "d"},  {0x0693, "r"}, {0x0696, "Z"}, {0x0698, "Z"}, {0x069A, "S"},
    {0x06A9, "k"},  {0x06AF, "g"},  {0x06BC, "n"}, {0x06CC, "i"},
};

static const char *sounds_of_letter(uint32_t code)
{
    size_t low = 0, high = sizeof letters / sizeof *letters;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (letters[middle].code == code)
            return letters[middle].sounds;
        if (letters[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* A row of sounds while it grows. */
struct row {
    const struct pm_sound_table *table;
    struct pm_sound sounds[PM_SPELLING_SOUNDS];
    struct pm_spelling spelling;
};

/* Doubled sounds are one. */
static void add_sound(struct row *row, uint32_t code)
{
    struct pm_spelling *s = &row->spelling;
    const struct pm_sound *last = s->length ? &row->sounds[s->length - 1] : NULL;
    if (s->length == PM_SPELLING_SOUNDS || (last && last->code == code))
        return;
    struct pm_sound sound = {.code = code, .gap = LETTER};
    if (code < 128)
        sound = row->table->sounds[code];
    if (last && sound.gap == VOWEL && last->gap <= VOWEL && last->groups & sound.groups)
        sound.gap = NEAR_VOWEL;
    row->sounds[s->length++] = sound;
    s->weight += sound.gap;
    s->groups |= sound.groups;
}

static void add_sounds(struct row *row, const char *sounds)
{
    while (*sounds)
        add_sound(row, (unsigned char)*sounds++);
}

static const char *add_latin(struct row *row, const char *p)
{
    for (size_t i = 0; i < sizeof digraphs / sizeof *digraphs; i++)
        if (*p == *digraphs[i].letters &&
            strncmp(p, digraphs[i].letters, strlen(digraphs[i].letters)) == 0) {
            add_sounds(row, digraphs[i].sounds);
            return p + digraphs[i].taken;
        }
    add_sound(row, (unsigned char)*p);
    return p + 1;
}

static const char arabic_article[] = "\u0627\u0644"; /* al-, written with its noun */

static void add_word(struct row *row, const char *word)
{
    const char *p = word;
    size_t article = sizeof arabic_article - 1;
    if (strncmp(p, arabic_article, article) == 0 && pm_utf8_length(p, strlen(p)) > 4)
        p += article;
    while (*p) {
        if ((unsigned char)*p < 0x80) {
            p = add_latin(row, p);
            continue;
        }
        uint32_t code = pm_utf8_next(&p);
        const char *sounds = sounds_of_letter(code);
        if (sounds)
            add_sounds(row, sounds);
        else
            add_sound(row, code);
    }
}

/* ---- words -------------------------------------------------------------------------- */

/* Left out in front of another word: Arabic articles with the assimilated ones, and what ties two
 * words: the Persian ezafe, "and", "of". */
static const char *const ties[] = {
    "al",  "el",  "ul",  "ad", "ed", "ud", "an", "en", "un", "ar", "er",
    "ur",  "as",  "es",  "us", "az", "ez", "uz", "at", "et", "ut", "ash",
    "esh", "ath", "eth", "e",  "i",  "ye", "y",  "wa", "aw", "of", "de",
};

static bool is_tie(const char *word)
{
    for (size_t i = 0; i < sizeof ties / sizeof *ties; i++)
        if (*ties[i] == *word && strcmp(ties[i], word) == 0)
            return true;
    return false;
}

void pm_spelling_init(struct pm_spelling *spelling, const struct pm_sound_table *table,
                      struct pm_arena *arena, const char *words)
{
    struct row row = {.table = table};
    struct pm_spelling *s = &row.spelling;
    struct pm_str word = {0};
    for (const char *p = words, *end = NULL; *p; p = end) {
        p += strspn(p, " ");
        end = p + strcspn(p, " ");
        word.n = 0;
        pm_str_addn(&word, p, (size_t)(end - p));
        int before = s->length;
        if (*end == '\0' || !is_tie(pm_str_get(&word)))
            add_word(&row, pm_str_get(&word));
        if (s->length > before && s->word_count < PM_SPELLING_WORDS)
            s->word_count++;
        if (s->word_count)
            s->ends[s->word_count - 1] = s->length;
    }
    pm_str_finish(&word);
    s->sounds = pm_memdup(arena, row.sounds, (size_t)s->length * sizeof *row.sounds);
    *spelling = *s;
}

/* ---- distance ----------------------------------------------------------------------- */

/* Sounds that stand behind each other. */
struct span {
    const struct pm_sound *v;
    int n;
};

static struct span whole(const struct pm_spelling *s)
{
    return (struct span){s->sounds, s->length};
}

static struct span word_of(const struct pm_spelling *s, int i)
{
    int first = i ? s->ends[i - 1] : 0;
    return (struct span){s->sounds + first, s->ends[i] - first};
}

static int span_weight(struct span s)
{
    int weight = 0;
    for (int i = 0; i < s.n; i++)
        weight += s.v[i].gap;
    return weight;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* One row of the table; `up` and `upper` are the two before it. Returns its least value. */
static int fill_row(struct span x, struct span y, int i, int *row, const int *up, const int *upper)
{
    int lowest = row[0] = up[0] + x.v[i - 1].gap;
    for (int j = 1; j <= y.n; j++) {
        const struct pm_sound *a = &x.v[i - 1], *b = &y.v[j - 1];
        int cost = least(up[j] + a->gap, row[j - 1] + b->gap);
        cost = least(cost, up[j - 1] + change(a, b));
        if (i > 1 && j > 1 && a->code == b[-1].code && a[-1].code == b->code)
            cost = least(cost, upper[j - 2] + LETTER);
        row[j] = cost;
        lowest = least(lowest, cost);
    }
    return lowest;
}

/* The edit distance, or anything above `most`. */
static int span_distance(struct span x, struct span y, int most)
{
    int rows[3][PM_SPELLING_SOUNDS + 1], lowest = 0;
    rows[0][0] = 0;
    for (int j = 1; j <= y.n; j++)
        rows[0][j] = rows[0][j - 1] + y.v[j - 1].gap;
    for (int i = 1; i <= x.n; i++) {
        int before = lowest;
        lowest = fill_row(x, y, i, rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
        if (least(before, lowest) > most) /* two rows, as a swap reaches over one */
            return lowest;
    }
    return rows[x.n % 3][y.n];
}

static int bits_of(int set)
{
    int count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* Costs of pairing words: of `few`, of `many`. */
struct pairs {
    int cost[PM_SPELLING_WORDS][PM_SPELLING_WORDS];
    int left_over[PM_SPELLING_WORDS]; /* of a word of `many` that has no partner */
};

/* False once no pairing can cost `most` or less. */
static bool fill_pairs(const struct pm_spelling *few, const struct pm_spelling *many, int most,
                       struct pairs *pairs)
{
    int cheapest = LEFT_OVER;
    for (int k = 0; k < many->word_count; k++) {
        pairs->left_over[k] = least(span_weight(word_of(many, k)) / 2, LEFT_OVER);
        cheapest = least(cheapest, pairs->left_over[k]);
    }
    most -= cheapest * (many->word_count - few->word_count);
    for (int i = 0; i < few->word_count && most >= 0; i++) {
        int best = most + 1;
        for (int k = 0; k < many->word_count; k++) {
            pairs->cost[i][k] = span_distance(word_of(few, i), word_of(many, k), most);
            best = least(best, pairs->cost[i][k]);
        }
        most -= best;
    }
    return most >= 0;
}

/* The cheapest pairing of the words of `few` with words of `many`; what is left over there costs
 * half its weight, but no more than LEFT_OVER. Every pairing is tried: best[set] is the cost of
 * pairing the first words of `few` with the words in `set`. */
static int paired_words(const struct pm_spelling *few, const struct pm_spelling *many, int most)
{
    struct pairs pairs;
    int best[1 << PM_SPELLING_WORDS], found = most, sets = 1 << many->word_count;
    if (!fill_pairs(few, many, most, &pairs))
        return most + 1;
    for (int set = 0; set < 1 << PM_SPELLING_WORDS; set++)
        best[set] = set ? most + 1 : 0;
    for (int set = 0; set < sets; set++) {
        int i = bits_of(set), rest = 0;
        for (int k = 0; k < many->word_count; k++) {
            if (set & 1 << k)
                continue;
            rest += pairs.left_over[k];
            if (i < few->word_count)
                best[set | 1 << k] = least(best[set | 1 << k], best[set] + pairs.cost[i][k]);
        }
        if (i == few->word_count)
            found = least(found, best[set] + rest);
    }
    return found + 1; /* never as near as the same words in the same order */
}

/* What `a` costs at least for the consonants that have no relative in `b`. */
static int missing(const struct pm_spelling *a, const struct pm_spelling *b)
{
    int cost = 0;
    for (int i = 0; i < a->length; i++)
        if (a->sounds[i].gap == LETTER && a->sounds[i].groups && !(a->sounds[i].groups & b->groups))
            cost += LETTER;
    return cost;
}

int pm_spelling_distance(const struct pm_spelling *a, const struct pm_spelling *b, int limit)
{
    const struct pm_spelling *few = a->word_count <= b->word_count ? a : b;
    const struct pm_spelling *many = few == a ? b : a;
    int weight = a->weight + b->weight, most = limit * weight / PM_SPELLING_FAR;
    /* A change alters the weight by up to 5 / 2 of what it costs: h to X. */
    int distance = most + 1, more = (many->weight - few->weight) * 2 / 5;
    if (-more > most || missing(few, many) > most)
        return PM_SPELLING_FAR;
    if (more <= most)
        distance = span_distance(whole(a), whole(b), most);
    if (many->word_count > 1)
        distance = least(distance, paired_words(few, many, least(distance, most)));
    return distance > most ? PM_SPELLING_FAR : distance * PM_SPELLING_FAR / (weight ? weight : 1);
}
