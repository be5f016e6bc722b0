#include "http/deadline.h"

void deadlines_init(struct deadlines *all)
{
	*all = (struct deadlines){ 0 };
	for (int i = 0; i < PHASES; i++) {
		struct deadline *head = &all->queue[i];

		head->next = head->prev = head;
	}
}

static void leave(struct deadline *d)
{
	if (!d->next)
		return;
	d->next->prev = d->prev;
	d->prev->next = d->next;
	d->next = d->prev = NULL;
}

void deadline_set(struct deadlines *all, struct deadline *d, enum phase phase,
    int64_t now)
{
	leave(d);
	d->phase = phase;
	if (phase == PHASE_NONE)
		return;
	struct deadline *head = &all->queue[phase];
	d->at = now + all->limit[phase];
	d->prev = head->prev;
	d->next = head;
	head->prev->next = d;
	head->prev = d;
}

struct deadline *deadline_passed(struct deadlines *all, int64_t now)
{
	for (int i = 0; i < PHASES; i++) {
		struct deadline *head = &all->queue[i], *d = head->next;

		if (d != head && d->at <= now) {
			leave(d);
			return d;
		}
	}
	return NULL;
}

int64_t deadline_next(const struct deadlines *all)
{
	int64_t at = INT64_MAX;

	for (int i = 0; i < PHASES; i++) {
		const struct deadline *head = &all->queue[i];

		if (head->next != head && head->next->at < at)
			at = head->next->at;
	}
	return at;
}
