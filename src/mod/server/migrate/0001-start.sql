-- What the page of all cities looks up for each of them, without reading through any.

CREATE INDEX city_host_of ON city_host (city, host);
CREATE INDEX person_role_of ON person_role (city, role, person);
