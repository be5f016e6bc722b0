/* The words of the sale's enums: codes for files and APIs, texts for pages. */
#include "mod/festival/festival.h"

const struct choice sector_choices[] = {
	{ "food", SECTOR_FOOD, TEXT_sector_food },
	{ "fashion", SECTOR_FASHION, TEXT_sector_fashion },
	{ "craft", SECTOR_CRAFT, TEXT_sector_craft },
	{ "grocery", SECTOR_GROCERY, TEXT_sector_grocery },
	{ "electronics", SECTOR_ELECTRONICS, TEXT_sector_electronics },
	{ "hotel", SECTOR_HOTEL, TEXT_sector_hotel },
	{ "transport", SECTOR_TRANSPORT, TEXT_sector_transport },
	{ "automotive", SECTOR_AUTOMOTIVE, TEXT_sector_automotive },
	{ "property", SECTOR_PROPERTY, TEXT_sector_property },
	{ "bank", SECTOR_BANK, TEXT_sector_bank },
	{ "service", SECTOR_SERVICE, TEXT_sector_service },
	{ "other", SECTOR_OTHER, TEXT_sector_other },
	{ 0 }
};

const struct choice size_choices[] = {
	{ "unknown", SIZE_UNKNOWN, TEXT_size_unknown },
	{ "micro", SIZE_MICRO, TEXT_size_micro },
	{ "small", SIZE_SMALL, TEXT_size_small },
	{ "medium", SIZE_MEDIUM, TEXT_size_medium },
	{ "large", SIZE_LARGE, TEXT_size_large },
	{ 0 }
};

const struct choice venue_kind_choices[] = {
	{ "market", VENUE_MARKET, TEXT_venue_market },
	{ "mall", VENUE_MALL, TEXT_venue_mall },
	{ "street", VENUE_STREET, TEXT_venue_street },
	{ "centre", VENUE_CENTRE, TEXT_venue_centre },
	{ 0 }
};

const struct choice method_choices[] = {
	{ "cash", METHOD_CASH, TEXT_method_cash },
	{ "qris", METHOD_QRIS, TEXT_method_qris },
	{ "card", METHOD_CARD, TEXT_method_card },
	{ "emoney", METHOD_EMONEY, TEXT_method_emoney },
	{ "transfer", METHOD_TRANSFER, TEXT_method_transfer },
	{ "other", METHOD_OTHER, TEXT_method_other },
	{ 0 }
};

const struct choice admission_choices[] = {
	{ "open", ADMISSION_OPEN, TEXT_admission_open },
	{ "approval", ADMISSION_APPROVAL, TEXT_admission_approval },
	{ "closed", ADMISSION_CLOSED, TEXT_admission_closed },
	{ 0 }
};

const struct choice counting_choices[] = {
	{ "person", RULE_PERSON_TOTAL, TEXT_counting_person },
	{ "purchase", RULE_PER_PURCHASE, TEXT_counting_purchase },
	{ 0 }
};

const struct choice festival_state_choices[] = {
	{ "draft", FESTIVAL_DRAFT, TEXT_festival_state_draft },
	{ "inviting", FESTIVAL_INVITING, TEXT_festival_state_inviting },
	{ "open", FESTIVAL_OPEN, TEXT_festival_state_open },
	{ "closed", FESTIVAL_CLOSED, TEXT_festival_state_closed },
	{ "frozen", FESTIVAL_FROZEN, TEXT_festival_state_frozen },
	{ "done", FESTIVAL_DONE, TEXT_festival_state_done },
	{ 0 }
};

const struct choice participation_choices[] = {
	{ "asked", PARTICIPATION_ASKED, TEXT_participation_asked },
	{ "admitted", PARTICIPATION_ADMITTED, TEXT_participation_admitted },
	{ "refused", PARTICIPATION_REFUSED, TEXT_participation_refused },
	{ "withdrawn", PARTICIPATION_WITHDRAWN, TEXT_participation_withdrawn },
	{ "waiting", PARTICIPATION_WAITING, TEXT_participation_waiting },
	{ 0 }
};

const struct choice channel_choices[] = {
	{ "stall", CHANNEL_STALL, TEXT_channel_stall },
	{ "post", CHANNEL_POST, TEXT_channel_post },
	{ "voucher", CHANNEL_VOUCHER, TEXT_channel_voucher },
	{ "import", CHANNEL_IMPORT, TEXT_channel_import },
	{ "api", CHANNEL_API, TEXT_channel_api },
	{ "offline", CHANNEL_OFFLINE, TEXT_channel_offline },
	{ 0 }
};
