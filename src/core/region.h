/*
 * region.h - the regions of Indonesia: 38 provinces, 514 regencies and
 * cities, their districts (kecamatan) and villages (desa, kelurahan).
 *
 * Layer 2.  A table inside the program (made by tools/regionc.py from
 * idn-area-data, see NOTICE), read where it lies: nothing is copied,
 * every str here lives as long as the program.  Codes are those of the
 * Ministry of Home Affairs (Kemendagri), with dots: "33", "33.72",
 * "33.72.01", "33.72.01.1001".
 */
#ifndef LARIS_CORE_REGION_H
#define LARIS_CORE_REGION_H

#include "base/base.h"

enum region_level {
	REGION_PROVINCE,
	REGION_REGENCY,		/* kabupaten or kota: what can be a city here */
	REGION_DISTRICT,
	REGION_VILLAGE,
	REGION_LEVELS
};

struct region {
	enum region_level level;
	uint32_t at;		/* its place among those of its level, by code */
	str code, name;		/* "33.72", "Kota Surakarta"		*/
	enum zone zone;		/* of its province			*/
};

/* How many there are, and number i of them in the order of the codes. */
size_t	region_count(enum region_level);
void	region_at(enum region_level, size_t i, struct region *);

/* A regency or city by code, with or without the dot: "33.72", "3372". */
bool	region_by_code(str code, struct region *) MUST_USE;
/* Any level, by the code with its dots. */
bool	region_any(str code, struct region *) MUST_USE;
/* A regency or city by the slug region_slug() makes. */
bool	region_by_slug(str slug, struct region *) MUST_USE;

/* Districts of a regency, villages of a district, in the order of codes. */
size_t	region_children(const struct region *);
void	region_child(const struct region *, size_t i, struct region *);
/* False for a province. */
bool	region_parent(const struct region *, struct region *) MUST_USE;

/*
 * Regencies and cities whose name holds each of the typed words, letters
 * of either case: those called just so first ("kediri": Kota Kediri,
 * Kabupaten Kediri), then those that begin with it, then the rest.
 * Returns how many were written, at most max.  Nothing typed finds nothing.
 */
size_t	region_search(str typed, struct region *, size_t max);

/*
 * "Kota Surakarta" -> "surakarta", "Kabupaten Kediri" -> "kab-kediri";
 * the word "Administrasi" (Jakarta) is left out.  No two of the 514 share one.
 */
str	region_slug(struct arena *, str name);

#endif
